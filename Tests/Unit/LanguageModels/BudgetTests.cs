using AgentRec.LanguageModel;
using AgentRec.LanguageModel.Budgets;
using Microsoft.Extensions.Time.Testing;

namespace AgentRec.Tests.Unit.LanguageModels;

/// <summary>What may be spent is never exceeded, and comes back with the minute.</summary>
public sealed class BudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Turn_WhoseRequestsAreSpent_SendsNoMore()
    {
        var turn = Turn(new LanguageOptions { TurnRequests = 2 }, new TenantAllowances(100, 100_000, _time));
        turn.TakeRequest(1);
        turn.TakeRequest(1);

        Assert.Throws<BudgetSpentException>(() => turn.TakeRequest(1));
        Assert.Equal("the turn's requests are spent", turn.Spent);
    }

    [Fact]
    public void Turn_WhoseTokensAreSpent_SendsNoMore()
    {
        var turn = Turn(new LanguageOptions { TurnTokens = 1_000 }, new TenantAllowances(100, 100_000, _time));
        var minute = turn.TakeRequest(900);
        Assert.Throws<BudgetSpentException>(() => turn.TakeRequest(200));

        // It cost less than it was taken to.
        turn.Settle(minute, 900, 100);
        turn.TakeRequest(900);
        Assert.Throws<BudgetSpentException>(() => turn.TakeRequest(1));
        Assert.Equal("the turn's tokens are spent", turn.Spent);
    }

    [Fact]
    public void Tenant_WhoseMinuteIsSpent_WaitsForTheNextAndHoldsUpNobodyElse()
    {
        var tenants = new TenantAllowances(2, 1_000, _time);
        Assert.Null(tenants.Take("a", 600));
        Assert.Equal("the tenant's tokens of this minute are spent", tenants.Take("a", 600));
        Assert.Null(tenants.Take("a", 400));
        Assert.Equal("the tenant's requests of this minute are spent", tenants.Take("a", 0));
        Assert.Null(tenants.Take("b", 1_000));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(tenants.Take("a", 1_000));
    }

    [Fact]
    public void Refund_OfAnEarlierMinute_IsNothingThatTheNextMaySpend()
    {
        var tenants = new TenantAllowances(100, 1_000, _time);
        var early = Turn(new LanguageOptions(), tenants);
        var minute = early.TakeRequest(1_000);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(tenants.Take("a", 900));

        early.Settle(minute, 1_000, 100);
        Assert.Equal("the tenant's tokens of this minute are spent", tenants.Take("a", 200));

        // What it cost beyond the estimate is owed all the same.
        early.Settle(minute, 100, 200);
        Assert.Equal("the tenant's tokens of this minute are spent", tenants.Take("a", 1));
    }

    [Fact]
    public void Turn_OfATenantThatHasSpentAll_SaysSo()
    {
        var turn = Turn(new LanguageOptions(), new TenantAllowances(0, 1_000, _time));

        Assert.Throws<BudgetSpentException>(() => turn.TakeRequest(1));
        Assert.Equal("the tenant's requests of this minute are spent", turn.Spent);
    }

    [Fact]
    public void ToolCalls_OfATurn_AreCounted()
    {
        var turn = Turn(new LanguageOptions { TurnToolCalls = 1 }, new TenantAllowances(1, 1, _time));

        Assert.True(turn.TryTakeToolCall());
        Assert.False(turn.TryTakeToolCall());
    }

    private static TurnAllowance Turn(LanguageOptions options, TenantAllowances tenants) => new(options, "a", tenants);
}
