-- Grain storage for Orleans' ADO.NET provider. It reads the table OrleansQuery when the silo starts, and from then on knows its statements by
-- these keys, their parameters by these names, and their results by the names NewGrainStateVersion, PayloadBinary and Version. A write that
-- gives no row is one that came too late: the provider reports an inconsistent state.

create table if not exists OrleansQuery (QueryKey text primary key, QueryText text not null);

-- Grains without a key extension have an empty one here, so that the primary key covers them: of two first writes, one finds the other's row.
create table if not exists grain_state (
    id_hash integer not null,
    id_n0 bigint not null,
    id_n1 bigint not null,
    id_extension text not null,
    grain_type text not null,
    service_id text not null,
    payload bytea,
    version integer not null,
    modified_at timestamptz not null default now(),
    primary key (id_hash, id_n1, id_n0, id_extension, grain_type, service_id));

insert into OrleansQuery (QueryKey, QueryText) values
('ReadFromStorageKey', $query$
    select payload as PayloadBinary, version as Version
    from grain_state
    where id_hash = @GrainIdHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
        and id_extension = coalesce(@GrainIdExtensionString, '') and grain_type = @GrainTypeString and service_id = @ServiceId
$query$),
('WriteToStorageKey', $query$
    with updated as (
        update grain_state set payload = @PayloadBinary, version = version + 1, modified_at = now()
        where id_hash = @GrainIdHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
            and id_extension = coalesce(@GrainIdExtensionString, '') and grain_type = @GrainTypeString and service_id = @ServiceId
            and version = @GrainStateVersion
        returning version),
    inserted as (
        insert into grain_state (id_hash, id_n0, id_n1, id_extension, grain_type, service_id, payload, version)
        select @GrainIdHash, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @GrainTypeString, @ServiceId, @PayloadBinary, 1
        where @GrainStateVersion is null
        on conflict do nothing
        returning version)
    select version as NewGrainStateVersion from updated union all select version from inserted
$query$),
('ClearStorageKey', $query$
    update grain_state set payload = null, version = version + 1, modified_at = now()
    where id_hash = @GrainIdHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
        and id_extension = coalesce(@GrainIdExtensionString, '') and grain_type = @GrainTypeString and service_id = @ServiceId
        and version = @GrainStateVersion
    returning version as NewGrainStateVersion
$query$),
('DeleteStorageKey', $query$
    delete from grain_state
    where id_hash = @GrainIdHash and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
        and id_extension = coalesce(@GrainIdExtensionString, '') and grain_type = @GrainTypeString and service_id = @ServiceId
        and version = @GrainStateVersion
    returning version + 1 as NewGrainStateVersion
$query$)
on conflict (QueryKey) do update set QueryText = excluded.QueryText;
