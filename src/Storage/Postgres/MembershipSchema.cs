namespace LeadEngine.Storage.Postgres;

/// <summary>
/// The tables in which the silos of a cluster find each other, and the statements by which Orleans reads and writes them: its ADO.NET
/// clustering looks them up by key in <c>OrleansQuery</c>. Names of that table, keys and parameters are Orleans'; all else is ours.
/// </summary>
/// <remarks>
/// Each statement is a transaction of its own. A row is added or changed only by who moves its cluster's version on, from the one that he
/// has read; two that read the same version take turns at its row, and the second finds another version there.
/// </remarks>
internal static class MembershipSchema
{
    private const string ThisSilo = "cluster_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation";

    private const string AllColumns =
        """
        v.cluster_id as DeploymentId, m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
            m.host_name as HostName, m.status as Status, m.gateway_port as ProxyPort, m.suspect_times as SuspectTimes,
            m.started_at as StartTime, m.alive_at as IAmAliveTime, v.version as Version
        """;

    private const string NextVersion =
        "update cluster_versions set version = version + 1, changed_at = now() where cluster_id = @DeploymentId and version = @Version";

    // Of silos, only those that Orleans itself still counts as active (3) are worth keeping once they fell silent long ago.
    private const string IsOver = "cluster_id = @DeploymentId and alive_at < @IAmAliveTime and status <> 3";

    public const string Migration =
        $"""
        create table cluster_versions (
            cluster_id text collate "C" primary key,
            version integer not null default 0,
            changed_at timestamptz not null default now()
        );

        create table cluster_members (
            cluster_id text collate "C" not null references cluster_versions,
            address text collate "C" not null,
            port integer not null,
            generation integer not null,
            silo_name text not null,
            host_name text not null,
            status integer not null,
            gateway_port integer,
            suspect_times text,
            started_at timestamptz not null,
            alive_at timestamptz not null,
            primary key (cluster_id, address, port, generation)
        ) with (fillfactor = 50);

        create table OrleansQuery (
            QueryKey text collate "C" primary key,
            QueryText text not null
        );

        insert into OrleansQuery (QueryKey, QueryText) values
        ('InsertMembershipVersionKey', $sql$
        with added as (
            insert into cluster_versions (cluster_id) values (@DeploymentId) on conflict (cluster_id) do nothing returning 1)
        select exists (select from added)
        $sql$),
        ('MembershipReadAllKey', $sql$
        select {AllColumns}
        from cluster_versions v left join cluster_members m on m.cluster_id = v.cluster_id
        where v.cluster_id = @DeploymentId
        $sql$),
        ('MembershipReadRowKey', $sql$
        select {AllColumns}
        from cluster_versions v left join cluster_members m
            on m.cluster_id = v.cluster_id and m.address = @Address and m.port = @Port and m.generation = @Generation
        where v.cluster_id = @DeploymentId
        $sql$),
        ('InsertMembershipKey', $sql$
        with turn as (
            {NextVersion} and not exists (select from cluster_members where {ThisSilo}) returning 1),
        added as (
            insert into cluster_members (cluster_id, address, port, generation, silo_name, host_name, status, gateway_port, started_at, alive_at)
            select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from turn
            returning 1)
        select exists (select from added)
        $sql$),
        ('UpdateMembershipKey', $sql$
        with turn as (
            {NextVersion} and exists (select from cluster_members where {ThisSilo}) returning 1),
        changed as (
            update cluster_members set status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime from turn
            where {ThisSilo} returning 1)
        select exists (select from changed)
        $sql$),
        ('UpdateIAmAlivetimeKey', $sql$
        update cluster_members set alive_at = @IAmAliveTime where {ThisSilo}
        $sql$),
        ('GatewaysQueryKey', $sql$
        select address as Address, gateway_port as ProxyPort, generation as Generation
        from cluster_members where cluster_id = @DeploymentId and status = @Status and gateway_port > 0
        $sql$),
        ('CleanupDefunctSiloEntriesKey', $sql$
        delete from cluster_members where {IsOver}
        $sql$),
        ('DeleteMembershipTableEntriesKey', $sql$
        delete from cluster_members where cluster_id = @DeploymentId;
        delete from cluster_versions where cluster_id = @DeploymentId
        $sql$);
        """;
}
