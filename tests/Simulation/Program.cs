using LeadEngine.Simulation;

// Replays one seed and tells its history, or looks for the first of many that breaks a promise:
//   dotnet run --project tests/Simulation -- 123
//   dotnet run --project tests/Simulation -- 1..10000
return CommandLine.Run(args);
