using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;

namespace LeadEngine.Storage.Postgres;

/// <summary>Parameters of statements. Types are named, since an empty array would not tell its own.</summary>
internal static class Arguments
{
    public static NpgsqlParameter Number(long value) => One(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Number(int value) => One(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter NumberOrNull(long? value) => OneOrNull(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter NumberOrNull(int? value) => OneOrNull(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter TextOrNull(string? value) => OneOrNull(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Text(string value) => One(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Id(Guid value) => One(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Bytes(byte[] value) => One(value, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Time(DateTimeOffset value) => One(value.UtcDateTime, NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Numbers(long[] values) => Many(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Numbers(long?[] values) => Many(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Numbers(int[] values) => Many(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Numbers(int?[] values) => Many(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Texts(string?[] values) => Many(values, NpgsqlDbType.Text);

    public static NpgsqlParameter Bytes(byte[]?[] values) => Many(values, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Ids(Guid[] values) => Many(values, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Times(DateTime[] values) => Many(values, NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Times(DateTime?[] values) => Many(values, NpgsqlDbType.TimestampTz);

    /// <summary>Ids as PostgreSQL writes an array, for an array of such; null where there are none.</summary>
    public static string? ArrayOf(ImmutableArray<long> ids) => ids.IsDefaultOrEmpty ? null : $"{{{string.Join(',', ids)}}}";

    private static NpgsqlParameter<T> One<T>(T value, NpgsqlDbType type) => new() { TypedValue = value, NpgsqlDbType = type };

    private static NpgsqlParameter OneOrNull(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static NpgsqlParameter<T[]> Many<T>(T[] values, NpgsqlDbType element) => One(values, NpgsqlDbType.Array | element);
}
