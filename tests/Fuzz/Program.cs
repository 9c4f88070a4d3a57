using LeadEngine.Fuzz;

// Sends hostile requests to an engine of its own, and says what was wrong with the answers, and with the engine afterwards:
//   dotnet run --project tests/Fuzz -c Release -- --requests 100000 --seed 7
//   dotnet run --project tests/Fuzz -c Release -- --seed 7 --only 4711
return await CommandLine.Run(args);
