using LeadEngine.ApiHost;
using LeadEngine.ApiHost.Admin;
using LeadEngine.ApiHost.Dialects.Aktify;
using LeadEngine.ApiHost.Dialects.KickoffLabs;
using LeadEngine.ApiHost.Dialects.SendKit;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Limits;
using LeadEngine.ApiHost.Links;
using LeadEngine.ApiHost.Mail;
using LeadEngine.ApiHost.OpenApi;
using LeadEngine.ApiHost.Startup;
using LeadEngine.ApiHost.Texts;
using LeadEngine.ApiHost.Web;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Silo;
using LeadEngine.Silo.Health;
using LeadEngine.Silo.Telemetry;

if (HealthProbe.IsAskedFor(args)) return await HealthProbe.Run(args, Console.Out);

// The settings lie beside the program, wherever it is started; data lies below the working directory.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

builder.AddTelemetry();
builder.AddLeadEngine();
builder.AddHttp();
builder.Services.AddEngineAccess();
builder.Services.AddRateLimits();
builder.Services.AddSendKit();
builder.Services.AddKickoffLabs();
builder.Services.AddAktify();
builder.Services.AddShortLinks();
builder.Services.AddPages();
builder.Services.AddMail();
builder.Services.AddTexts();
builder.Services.AddWebhooks();
builder.Services.AddAdmin();
builder.Services.AddApiDescription();
builder.Services.AddHostedService<StartupBanner>();

var app = builder.Build();

app.UseHttp();
app.MapSendKit();
app.MapKickoffLabs();
app.MapAktify();
app.MapShortLinks();
app.MapPages();
app.MapAdmin();
app.MapHealth();
app.MapApiDescription();

await app.RunAsync();
return 0;
