using System.Diagnostics;
using System.Net;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.LanguageModel.Arguing;
using AgentRec.LanguageModel.Budgets;
using AgentRec.LanguageModel.Guards;
using AgentRec.LanguageModel.Judging;
using AgentRec.LanguageModel.Proposing;
using AgentRec.LanguageModel.Reading;
using AgentRec.LanguageModel.Summarising;
using AgentRec.LanguageModel.Traffic;
using AgentRec.LanguageModel.Wording;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI.Chat;

namespace AgentRec.LanguageModel;

/// <summary>A language model behind an OpenAI-compatible endpoint, spoken to through Semantic Kernel.</summary>
/// <param name="options">Where it is, and what may be spent.</param>
/// <param name="transport">Sends requests, or plays them back; it is the model's own.</param>
/// <param name="tenants">What tenants have spent.</param>
/// <param name="time">The clock of time budgets: people wait in real time.</param>
/// <param name="logger">Hears of prompts and answers, at Trace alone.</param>
internal sealed partial class SemanticLanguageModel(
    LanguageOptions options, HttpMessageHandler transport, TenantAllowances tenants, TimeProvider time, ILogger<SemanticLanguageModel> logger) : ILanguageModel, IDisposable
{
    /// <summary>The first attempt and two corrections.</summary>
    private const int Attempts = 3;

    private const int LongestRepeatedAnswer = 2_000;

    public Task<LanguageAnswer<AdvisedReading>> ReadAsync(ReadingTask task, CancellationToken cancellationToken) =>
        AskAsync(task.Party, aliases => new Conversation<AdvisedReading>(
            "read", ReadingPrompt.Instructions, ReadingPrompt.Data(task, aliases), ReadingPrompt.Schema(task), ReadingTools.Of(task), text => Answers.Read(text, task)), cancellationToken);

    public Task<LanguageAnswer<AdvisedSlate>> ProposeAsync(ProposalTask task, CancellationToken cancellationToken) =>
        AskAsync(task.Party, aliases => new Conversation<AdvisedSlate>(
            "propose", ProposalPrompt.Instructions, ProposalPrompt.Data(task, aliases), ProposalPrompt.Schema, ProposalTools.Of(task), text => ProposalPrompt.Read(text, task)), cancellationToken);

    public Task<LanguageAnswer<AdvisedWording>> WordAsync(WordingTask task, CancellationToken cancellationToken) =>
        AskAsync(task.Party, aliases => new Conversation<AdvisedWording>(
            "word", WordingPrompt.Instructions, WordingPrompt.Data(task, aliases), WordingPrompt.Schema, null, text => WordingPrompt.Read(text, task)), cancellationToken);

    public Task<LanguageAnswer<AdvisedJudgement>> JudgeAsync(JudgementTask task, CancellationToken cancellationToken) =>
        AskAsync(task.Party, aliases => new Conversation<AdvisedJudgement>(
            "judge", JudgementPrompt.Instructions, JudgementPrompt.Data(task, aliases), JudgementPrompt.Schema, null, text => JudgementPrompt.Read(text, task)), cancellationToken);

    public Task<LanguageAnswer<AdvisedSummary>> SummariseAsync(SummaryTask task, CancellationToken cancellationToken) =>
        AskAsync(task.Party, aliases => new Conversation<AdvisedSummary>(
            "summarise", SummaryPrompt.Instructions, SummaryPrompt.Data(task, aliases), SummaryPrompt.Schema, null, text => SummaryPrompt.Read(text, task)), cancellationToken);

    public Task<LanguageAnswer<AdvisedArguments>> ArgueAsync(ArgumentTask task, CancellationToken cancellationToken) =>
        AskAsync(task.Party, aliases => new Conversation<AdvisedArguments>(
            "argue", ArgumentPrompt.Instructions(task.Side), ArgumentPrompt.Data(task, aliases), ArgumentPrompt.Schema, null, text => ArgumentPrompt.Read(text, task)), cancellationToken);

    /// <summary>Closes the connections: the host does so when it ends.</summary>
    public void Dispose() => transport.Dispose();

    private async Task<LanguageAnswer<T>> AskAsync<T>(LanguageParty party, Func<Aliases, Conversation<T>> about, CancellationToken cancellationToken)
        where T : class
    {
        var aliases = new Aliases((party.UserId, "user"), (party.SessionId, "session"));
        var conversation = about(aliases);
        var began = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var answer = await ConverseAsync(conversation, party, aliases, cancellationToken);
            outcome = answer.Value is not null ? "answered" : answer.Attempts < Attempts ? "spent" : "unusable";
            return answer;
        }
        finally
        {
            LanguageInstruments.Answered(conversation.Operation, outcome, Stopwatch.GetElapsedTime(began));
        }
    }

    private async Task<LanguageAnswer<T>> ConverseAsync<T>(Conversation<T> conversation, LanguageParty party, Aliases aliases, CancellationToken cancellationToken)
        where T : class
    {
        var allowance = new TurnAllowance(options, party.Tenant, tenants);
        using var late = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.TurnMilliseconds), time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        // The transport is everybody's.
        using var http = new HttpClient(new MeteringHandler(allowance, options.AnswerTokens, transport), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = options.Endpoint ?? Nowhere };
        var kernel = KernelOf(http, allowance, aliases);
        if (conversation.Tools is { } tools)
            kernel.Plugins.Add(tools);
        var arguments = new KernelArguments(Settings(conversation)) { ["data"] = conversation.Data };
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            string text;
            try
            {
                var prompt = KernelFunctionFactory.CreateFromPrompt(attempt == 1 ? conversation.First : conversation.Corrected, functionName: conversation.Operation);
                text = (await kernel.InvokeAsync(prompt, arguments, end.Token).WaitAsync(end.Token)).ToString();
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever the failure was wrapped in: a budget that is spent is no fault of the model's.
                if (allowance.Spent is { } spent)
                    return new LanguageAnswer<T>(null, spent, attempt - 1);
                LogFailure(conversation.Operation, Redacted(exception.ToString()));
                throw new LanguageUnavailableException(late.IsCancellationRequested ? "took too long" : Reason(exception));
            }
            LogAnswer(conversation.Operation, Redacted(text));
            var read = conversation.Check(text);
            if (read.Value is { } value)
                return new LanguageAnswer<T>(value, null, attempt);
            LanguageInstruments.Corrected(conversation.Operation);
            arguments["answer"] = text.Length <= LongestRepeatedAnswer ? Clean(text) : Clean(text[..LongestRepeatedAnswer]);
            // What is wrong may be said in words of the task, which was sent without identifiers.
            arguments["problem"] = Clean(aliases.Hide(read.Problem!));
        }
        return new LanguageAnswer<T>(null, $"gave no usable answer in {Attempts} attempts", Attempts);
    }

    /// <summary>Where a replay is asked; nothing is sent there.</summary>
    private static Uri Nowhere { get; } = new("http://replay.invalid/v1");

    private Kernel KernelOf(HttpClient http, TurnAllowance allowance, Aliases aliases)
    {
        var builder = Kernel.CreateBuilder();
        // A client refuses to be made without any key.
        builder.AddOpenAIChatCompletion(options.Model, options.ApiKey is { Length: > 0 } key ? key : "none", httpClient: http);
        var kernel = builder.Build();
        var tools = new ToolGuard(allowance, aliases, logger);
        kernel.PromptRenderFilters.Add(new PromptGuard(Redacted, logger));
        kernel.FunctionInvocationFilters.Add(tools);
        kernel.AutoFunctionInvocationFilters.Add(tools);
        return kernel;
    }

    private OpenAIPromptExecutionSettings Settings<T>(Conversation<T> conversation)
        where T : class => new()
        {
            Temperature = 0,
            MaxTokens = options.AnswerTokens,
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(conversation.Operation, conversation.Schema, jsonSchemaIsStrict: true),
            FunctionChoiceBehavior = conversation.Tools is { } tools ? FunctionChoiceBehavior.Auto(tools) : null,
        };

    /// <summary>Why the model could not be asked, in words that hold nothing of what it said.</summary>
    private static string Reason(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case NotRecordedException missing:
                    return missing.Message;
                case HttpOperationException { StatusCode: HttpStatusCode.TooManyRequests }:
                    return "is overloaded (status 429)";
                case HttpOperationException { StatusCode: { } status } when (int)status >= 400:
                    return $"answered with status {(int)status}";
                case HttpRequestException or IOException:
                    return "could not be reached, or broke off";
            }
        }
        return "failed";
    }

    private string Redacted(string text) => options.ApiKey is { Length: > 0 } key ? text.Replace(key, "***", StringComparison.Ordinal) : text;

    /// <summary>Without what a prompt's frame could not carry.</summary>
    private static string Clean(string text) => string.Concat(text.Where(unit => unit is '\n' or '\t' || (!char.IsControl(unit) && !char.IsSurrogate(unit) && unit is not ('\uFFFE' or '\uFFFF'))));

    [LoggerMessage(EventName = "LanguageFailure", Level = LogLevel.Trace, Message = "No answer to {Operation}: {Failure}")]
    private partial void LogFailure(string operation, string failure);

    [LoggerMessage(EventName = "LanguageAnswer", Level = LogLevel.Trace, Message = "Answer to {Operation}: {Answer}")]
    private partial void LogAnswer(string operation, string answer);
}
