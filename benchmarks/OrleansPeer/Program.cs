using LeadEngine.OrleansPeer;
using LeadEngine.Peers;
using Npgsql;

// The pool's own limit, a hundred, is more than PostgreSQL gives; of other sizes tried, none was faster.
const int PoolSize = 16;

var builder = WebApplication.CreateSlimBuilder(args);
var connection = new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("Leads"))
{
    MaxPoolSize = PoolSize,
    MaxAutoPrepare = 20,
    AutoPrepareMinUsages = 1,
}.ConnectionString;
await GrainStorageSchema.CreateAsync(connection);

builder.Services.AddPeerJson();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<IPeerLeads, GrainLeads>();
builder.UseOrleans(silo => silo
    .UseLocalhostClustering(silo.Configuration.GetValue("Silo:Port", 11111), silo.Configuration.GetValue("Silo:GatewayPort", 30000))
    .AddAdoNetGrainStorage(GrainStorageSchema.ProviderName, storage =>
    {
        storage.Invariant = "Npgsql";
        storage.ConnectionString = connection;
    }));

var app = builder.Build();
app.MapPeerHealth();
LeadEndpoints.Map(app);
await app.RunAsync();
