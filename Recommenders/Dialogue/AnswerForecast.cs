using System.Collections.Immutable;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>What a window expects to be answered to a question.</summary>
internal sealed class AnswerForecast
{
    private readonly AnswerModel _model;
    private readonly ImmutableArray<WeightedItem> _window;
    private readonly double _total;
    private readonly uint[] _fits;
    private readonly double[] _expected;

    /// <summary>Forecasts.</summary>
    /// <param name="model">How likely each answer is for each item.</param>
    /// <param name="window">The items with their weights.</param>
    public AnswerForecast(AnswerModel model, ImmutableArray<WeightedItem> window)
    {
        (_model, _window, _total) = (model, window, window.Sum(item => item.Weight));
        _fits = [.. window.Select(item => model.Fits(item.Handle))];
        _expected = new double[model.Options];
        for (var option = 0; option < _expected.Length; option++)
        {
            for (var i = 0; i < _fits.Length && !model.IsOpen(option); i++)
                _expected[option] += Weight(i) * model.Probability(_fits[i], option);
        }
    }

    /// <summary>The expected information gain, in bits.</summary>
    public double Gain()
    {
        var gain = 0.0;
        for (var i = 0; i < _fits.Length; i++)
            gain += Weight(i) is > 0 and var weight ? weight * Telling(_fits[i]) : 0;
        return Math.Max(0, gain);
    }

    /// <summary>What the answer of somebody who wants a certain item is expected to tell, in bits.</summary>
    /// <param name="item">The item's handle.</param>
    public double Telling(int item) => Telling(_model.Fits(item));

    private double Telling(uint fits)
    {
        var telling = 0.0;
        for (var option = 0; option < _expected.Length; option++)
        {
            if (!_model.IsOpen(option) && _model.Probability(fits, option) is > 0 and var given && _expected[option] > 0)
                telling += given * Math.Log2(given / _expected[option]);
        }
        return telling;
    }

    private double Weight(int i) => _total > 0 ? _window[i].Weight / _total : 0;
}
