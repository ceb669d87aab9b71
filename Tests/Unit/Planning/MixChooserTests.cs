using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Planning;
using AgentRec.Grains.Planning.Mixes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AgentRec.Tests.Unit.Planning;

/// <summary>The silo's bandit: off, periods, and which feedback counts for which choice.</summary>
public sealed class MixChooserTests
{
    private const int Period = 10;

    private static readonly Knowledge Known = new("some", HasWords: false, IsReturning: false, []);

    [Fact]
    public void Decide_WhileOff_ChoosesNothing()
    {
        var chooser = Chooser(isOn: false);

        Assert.Null(chooser.Decide(Known, "s", Turn(1)));
        Assert.Equal(1, chooser.GreatestWords);
    }

    [Fact]
    public void Shown_UntilAPeriodEnds_ChangesNoProbability()
    {
        var chooser = Chooser();
        for (var turn = 1; turn < Period; turn++)
            Show(chooser, turn);

        Assert.Equal(0, chooser.Decide(Known, "s", Turn(Period))!.Period);
    }

    [Fact]
    public void Shown_AtAPeriodsEnd_LearnsFromThePeriodBefore()
    {
        var (rewarded, ignored) = (Chooser(), Chooser());
        foreach (var chooser in (MixChooser[])[rewarded, ignored])
        {
            for (var turn = 1; turn <= Period; turn++)
            {
                var decision = Show(chooser, turn);
                if (chooser == rewarded && decision.Arm == 1)
                    chooser.TakenTo("user", $"item {turn}");
            }
        }
        Assert.Equal(1, rewarded.Decide(Known, "s", Turn(99))!.Period);
        Assert.Equal(Choices(ignored), Choices(rewarded));

        foreach (var chooser in (MixChooser[])[rewarded, ignored])
        {
            for (var turn = Period + 1; turn <= 2 * Period; turn++)
                Show(chooser, turn);
        }

        Assert.Equal(2, rewarded.Decide(Known, "s", Turn(99))!.Period);
        Assert.NotEqual(Choices(ignored), Choices(rewarded));
    }

    [Theory]
    [InlineData("user", "something never shown")]
    [InlineData("somebody else", "item 1")]
    public void TakenTo_WhatWasNotShownToTheUser_TeachesNothing(string user, string item)
    {
        var (told, untold) = (Chooser(), Chooser());
        foreach (var chooser in (MixChooser[])[told, untold])
        {
            for (var turn = 1; turn <= 2 * Period; turn++)
            {
                Show(chooser, turn);
                if (chooser == told)
                    told.TakenTo(user, item);
            }
        }

        Assert.Equal(Choices(untold), Choices(told));
    }

    private static MixDecision Show(MixChooser chooser, int turn)
    {
        var decision = chooser.Decide(Known, "s", Turn(turn))!;
        chooser.Shown("user", decision, [$"item {turn}"]);
        return decision;
    }

    private static MixDecision[] Choices(MixChooser chooser) => [.. Enumerable.Range(1000, 50).Select(turn => chooser.Decide(Known, "s", Turn(turn))!)];

    private static MixChooser Chooser(bool isOn = true) =>
        new(Options.Create(new MixOptions { Enabled = isOn, PeriodTurns = Period }), NullLogger<MixChooser>.Instance);

    private static PlanRequest Turn(int number) =>
        new("user", number, $"t{number}", (ulong)number, TurnRequest.Empty, ImmutableArray<Constraint>.Empty, "default", 1);
}
