using LeadEngine.Peers;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddPeerJson();

Action<WebApplication> map;
switch (args)
{
    case ["echo", ..]:
        map = EchoPeer.Map;
        break;
    case ["naive", ..]:
        builder.Services.AddSingleton<IPeerLeads>(await NaiveLeads.OpenAsync(builder.Configuration.GetConnectionString("Leads")));
        map = LeadEndpoints.Map;
        break;
    default:
        Console.Error.WriteLine("usage: LeadEngine.Peers echo|naive [--urls …] [--ConnectionStrings:Leads …]");
        return 2;
}

var app = builder.Build();
app.MapPeerHealth();
map(app);
await app.RunAsync();
return 0;
