namespace Archicortex.Recall;

/// <summary>What the score of a turn is made of.</summary>
enum DialogueFeature
{
    /// <summary>Words of the question in the turn or up to three turns away, each at its nearest; the best turn has 1.</summary>
    Near,

    /// <summary>The same up to six turns away, as a share of all the question asks.</summary>
    Far,

    /// <summary>Matches three to six turns away, summed.</summary>
    Beyond,

    /// <summary>The whole session against the question; the best session has 1.</summary>
    Session,

    /// <summary>1 if the question names the speaker, and not everybody; <see cref="DialogueWeights.Role"/> if it says "I" or "you" for them.</summary>
    Speaker,

    /// <summary>1 if the speaker is named and speaks of themself.</summary>
    FirstPerson,

    /// <summary>Match of the question that the turn answers.</summary>
    Answer,

    /// <summary>Near, if a time is asked for and the turn tells one.</summary>
    Time,

    /// <summary>How close the turn, or what it tells of, is to a day that the question names.</summary>
    Date,

    /// <summary>Share of the turn that asks instead of telling.</summary>
    Asking,

    /// <summary>How much it says that was not just said.</summary>
    News,

    /// <summary>Words that the best turns have in common.</summary>
    Feedback,
}

/// <summary>How much each feature of a turn counts: the one table of this strategy.</summary>
/// <remarks>
/// The weights come from a listwise softmax fit on five conversations of LoCoMo and on the same cut into messages of one sentence,
/// rounded to what their digits mean: leaving a conversation out moves them more than the rounding. What a neighbour counts at which
/// distance, the days and the number of feedback terms were set beforehand and not fitted.
/// </remarks>
sealed record DialogueWeights
{
    // All but that of Asking are at least 0: what a turn can score at most is worked out from them.
    /// <summary>Number of <see cref="DialogueFeature"/>s.</summary>
    public const int Features = 12;

    public static DialogueWeights Default { get; } = new();

    /// <summary>By feature, in the first pass, which finds the turns that <see cref="DialogueFeature.Feedback"/> learns from.</summary>
    public double[] First { get; init; } = [4, 2, 0.25, 0.75, 0.4, 0.8, 2, 2, 4, -1, 2.25, 0];

    /// <summary>By feature, in the second pass, which ranks.</summary>
    public double[] Second { get; init; } = [3, 2, 0.25, 0.5, 0.4, 0.6, 1.5, 1.5, 3.5, -0.8, 1.5, 1.25];

    /// <summary>By distance, for <see cref="DialogueFeature.Near"/>: at most seven factors in [0, 1].</summary>
    public double[] Near { get; init; } = [1, 0.6, 0.4, 0.25];

    /// <summary>By distance, for <see cref="DialogueFeature.Far"/>.</summary>
    public double[] Far { get; init; } = [1, 0.7, 0.5, 0.4, 0.3, 0.2, 0.1];

    /// <summary>What a kind of what is asked for counts beside the word itself: "guitar" where instruments are asked for.</summary>
    public double Kind { get; init; } = 0.5;

    /// <summary>
    /// How many times more it counts who speaks where one asks and one answers: what people told of themselves stands in their own short
    /// turns, and long replies to it repeat all its words. Anything from 6 to 10 finds about the same; 4 finds less.
    /// </summary>
    public double Role { get; init; } = 6;
}

/// <summary>What a turn can score at most by what its words tell, without a look at the turn itself; news and feedback left out.</summary>
readonly struct DialogueBound
{
    readonly double _near, _far, _beyond, _session, _answer, _rest;

    public DialogueBound(double[] weights, double role, DialogueQuestion question)
    {
        double Most(DialogueFeature feature) => Math.Max(0, weights[(int)feature]);
        _near = Most(DialogueFeature.Near) + (question.AsksTime ? Most(DialogueFeature.Time) : 0);
        (_far, _beyond) = (Most(DialogueFeature.Far), Most(DialogueFeature.Beyond));
        (_session, _answer) = (Most(DialogueFeature.Session), Most(DialogueFeature.Answer));
        _rest = (question.TellsSpeakers ? (Most(DialogueFeature.Speaker) * (question.IsByRole ? Math.Max(1, role) : 1)) + Most(DialogueFeature.FirstPerson) : 0)
            + (question.Days.Length > 0 ? Most(DialogueFeature.Date) : 0) + Most(DialogueFeature.Asking);
    }

    public double Of(double near, double far, double beyond, double session, double answer) =>
        _rest + (_near * near) + (_far * far) + (_beyond * beyond) + (_session * session) + (_answer * answer);
}
