using Npgsql;
using NpgsqlTypes;

namespace LeadEngine.Storage.Postgres;

/// <summary>Parameters of statements. Types are named, since an empty array would not tell its own.</summary>
internal static class Arguments
{
    public static NpgsqlParameter Number(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Number(int value) => new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Bytes(byte[] value) => new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter Time(DateTimeOffset value) =>
        new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Numbers(long[] values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Numbers(long?[] values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Numbers(int[] values) => Array(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Numbers(int?[] values) => Array(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Texts(string?[] values) => Array(values, NpgsqlDbType.Text);

    public static NpgsqlParameter Bytes(byte[]?[] values) => Array(values, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Times(DateTime[] values) => Array(values, NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Times(DateTime?[] values) => Array(values, NpgsqlDbType.TimestampTz);

    private static NpgsqlParameter<T[]> Array<T>(T[] values, NpgsqlDbType element) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };
}
