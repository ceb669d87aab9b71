namespace AgentRec.Inference;

/// <summary>Keeps what the server says of its model. One question is under way at a time, whoever asks; no caller's time ends it.</summary>
/// <param name="ask">Asks the server.</param>
/// <param name="timeout">How long an answer may take.</param>
/// <param name="time">Measures it.</param>
internal sealed class ContractCheck(Func<CancellationToken, Task<ModelContract>> ask, TimeSpan timeout, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task<ModelContract>? _answer;

    /// <summary>The contract; asks for it when there is none, or the last question failed.</summary>
    public Task<ModelContract> GetAsync()
    {
        lock (_lock)
        {
            if (_answer is null or { IsFaulted: true } or { IsCanceled: true })
                _answer = AskAsync();
            return _answer;
        }
    }

    /// <summary>Asks again, unless somebody already has.</summary>
    /// <param name="outdated">The contract that no longer holds.</param>
    public Task<ModelContract> RenewAsync(ModelContract outdated)
    {
        Forget(outdated);
        return GetAsync();
    }

    /// <summary>Lets the next caller ask again.</summary>
    /// <param name="outdated">The contract that may no longer hold.</param>
    public void Forget(ModelContract outdated)
    {
        lock (_lock)
        {
            if (_answer is { IsCompletedSuccessfully: true } answer && ReferenceEquals(answer.Result, outdated))
                _answer = null;
        }
    }

    private async Task<ModelContract> AskAsync()
    {
        // Not within the lock.
        await Task.Yield();
        using var limit = new CancellationTokenSource(timeout, time);
        return await ask(limit.Token);
    }
}
