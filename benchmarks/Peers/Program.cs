using System.Text.Json;
using LeadEngine.Peers;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
    json.SerializerOptions.TypeInfoResolverChain.Insert(0, PeerJson.Default);
});

Action<WebApplication> map;
switch (args)
{
    case ["echo", ..]:
        map = EchoPeer.Map;
        break;
    case ["naive", ..]:
        builder.Services.AddSingleton(await NaiveLeads.OpenAsync(builder.Configuration.GetConnectionString("Leads")));
        map = NaivePeer.Map;
        break;
    default:
        Console.Error.WriteLine("usage: LeadEngine.Peers echo|naive [--urls …] [--ConnectionStrings:Leads …]");
        return 2;
}

var app = builder.Build();
app.MapGet("/health/ready", () => TypedResults.Ok());
map(app);
await app.RunAsync();
return 0;
