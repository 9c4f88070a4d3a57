// Each test keeps several silos and a database busy.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
