using System.Threading.Channels;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Planning;
using AgentRec.Negotiation.Protocol;
using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class TrimmedLogTests
{
    [Fact]
    public void IsAbsence_WhatAPlannerTellsOfALateAgent_IsNoticed()
    {
        var steps = Channel.CreateUnbounded<PlanStep>();
        new PlannerTrace(steps.Writer, null!).On(new StoodIn(["user"]));

        Assert.True(steps.Reader.TryRead(out var step));
        Assert.True(TrimmedLog.IsAbsence(new TurnEvent(1, step!.Kind, step.Data)));
    }

    [Fact]
    public void IsAbsence_ATitleThatReadsLikeIt_IsNot()
    {
        var steps = Channel.CreateUnbounded<PlanStep>();
        new PlannerTrace(steps.Writer, null!).Tell(TurnEventKind.Slate, new { title = "\"absent\":[\"user\"]" });

        Assert.True(steps.Reader.TryRead(out var step));
        Assert.False(TrimmedLog.IsAbsence(new TurnEvent(1, step!.Kind, step.Data)));
    }
}
