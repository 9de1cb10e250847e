using Archicortex.Hierarchy;
using Archicortex.Indexing;

namespace Archicortex.Recall;

/// <summary>What is asked of a ranking.</summary>
/// <param name="Count">Passages wanted.</param>
/// <param name="IsTraced">Say what led to each.</param>
readonly record struct DialogueRequest(int Count, bool IsTraced)
{
    /// <summary>What counts how much; null: <see cref="DialogueWeights.Default"/>.</summary>
    public DialogueWeights? Weights { get; init; }
}

/// <summary>A passage that was ranked: a turn, or a document that stands beside conversations.</summary>
/// <param name="Passage">Its row.</param>
/// <param name="Score">Sum of the parts.</param>
/// <param name="Parts">What each <see cref="DialogueFeature"/> adds.</param>
/// <param name="Trace">What led to it, if that was asked for.</param>
readonly record struct DialoguePassage(int Passage, double Score, double[] Parts, DialogueTrace? Trace);

/// <summary>What led to a turn.</summary>
/// <param name="Neighbour">The turn near by that has the words it was found for; −1: it has them itself, or there are none.</param>
/// <param name="Asked">The turn whose question it answers; −1: none that counts.</param>
readonly record struct DialogueTrace(int Neighbour, int Asked);

/// <summary>Ranks turns of conversations: by their words, by the turns around them, by who speaks and when.</summary>
/// <remarks>
/// <para>A turn is rarely understood alone: the answer to "which colour?" is "blue". So a word of the question counts for the turns around
/// the one it stands in, at its nearest place and less with distance, inside one session; a question counts for the turn that answers
/// it; the session counts as a whole; and so do a named speaker, a date, a time that is told where one is asked for, and news. The
/// twelve features are summed by the weights of <see cref="DialogueWeights"/>, twice: the words that the ten best turns of the first
/// pass have in common are a feature of the second (Lavrenko and Croft 2001, RM1).</para>
/// <para>Candidates are the turns within six places of a word of the question or near a day it names, O(their number); if the words lead
/// to no turn but a speaker is named, all turns. What a session, news and feedback can add at most is known, so that most sessions are not
/// read and news and feedback not worked out where that would change nothing: the result is exactly that of scoring all.</para>
/// </remarks>
sealed partial class DialogueRecall
{
    // Turns stand by universal time, their days are those of their offsets.
    const int OffsetDays = 2;
    const int DaysBeforeMax = AskedDays.BeforeMax;
    const int DaysAfterMax = AskedDays.AfterMax;

    readonly RecallView _view;
    readonly TurnSnapshot _turns;
    readonly TimeSnapshot _time;
    readonly DialogueQuestion _question;
    readonly DialogueWeights _weights;
    readonly DialogueScratch _scratch;
    readonly double[] _features = new double[DialogueWeights.Features];
    double _nearMax, _wordsMax, _farMax, _sessionMax, _feedbackMax;
    double _nearScale, _wordsScale, _farScale, _sessionScale;

    DialogueRecall(RecallView view, DialogueQuestion question, DialogueWeights weights, DialogueScratch scratch) =>
        (_view, _turns, _time, _question, _weights, _scratch) = (view, view.Turns, view.Time, question, weights, scratch);

    /// <summary>The best passages, best first; of equal scores the earlier turn.</summary>
    public static DialoguePassage[] Rank(RecallView view, DialogueQuestion question, DialogueRequest request, RecallScratch scratch)
    {
        scratch.Dialogue.Fit(view.Time.SessionRows);
        var recall = new DialogueRecall(view, question, request.Weights ?? DialogueWeights.Default, scratch.Dialogue);
        recall.Gather();
        recall.ReadSessions(request.Count);
        recall.LearnFromBest();
        var ranked = Array.ConvertAll(recall.Best(request.Count), place => recall.Ranked(place, request.IsTraced));
        scratch.Dialogue.Clear();

        // Here, between scoring and cutting, is the place for what a question says about order and time.
        return view.Time.TurnCount == view.LiveCount ? ranked : recall.WithDocuments(ranked, request, scratch);
    }

    DialoguePassage Ranked(int place, bool isTraced)
    {
        ref var candidate = ref _scratch.Candidates.Items[place];
        var parts = new double[DialogueWeights.Features];
        Read(candidate, parts);
        (parts[(int)DialogueFeature.News], parts[(int)DialogueFeature.Feedback]) = (candidate.News, candidate.Feedback);
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] *= _weights.Second[i];
        }

        return new(candidate.Row, SecondScore(candidate), parts, isTraced ? new DialogueTrace(NeighbourOf(candidate.Row), candidate.Asked) : null);
    }

    /// <summary>Puts documents beside turns: each is a conversation of one turn, found by its words alone.</summary>
    DialoguePassage[] WithDocuments(DialoguePassage[] turns, DialogueRequest request, RecallScratch scratch)
    {
        var (best, documents) = TextHits.Documents(_view, _question.Text, request.Count, scratch);
        var all = new List<DialoguePassage>(turns);
        var whole = _question.Text.Terms.Sum(term => term.Idf) * LexicalSnapshot.SaturationMax;
        foreach (var (row, score) in documents)
        {
            var parts = new double[DialogueWeights.Features];
            parts[(int)DialogueFeature.Near] = _weights.Second[(int)DialogueFeature.Near] * Share(score, best);
            parts[(int)DialogueFeature.Far] = _weights.Second[(int)DialogueFeature.Far] * Share(score, whole);
            parts[(int)DialogueFeature.Session] = _weights.Second[(int)DialogueFeature.Session] * Share(score, best);
            all.Add(new(row, parts.Sum(), parts, request.IsTraced ? new DialogueTrace(-1, -1) : null));
        }

        // A stable sort: of equal scores turns stand before documents, each in their own order.
        return [.. all.OrderByDescending(one => one.Score).Take(request.Count)];
    }

    /// <summary>The features of a turn, news and feedback left alone.</summary>
    void Read(in DialogueCandidate candidate, Span<double> features)
    {
        ref readonly var turn = ref _turns.Turn(candidate.Row);
        var near = candidate.Near * _nearScale;
        var isSpeaker = _question.TellsSpeakers && _question.IsNamed(turn.Speaker);
        features[(int)DialogueFeature.Near] = near;
        features[(int)DialogueFeature.Far] = candidate.Far * _farScale;
        features[(int)DialogueFeature.Beyond] = candidate.Beyond * _wordsScale;
        features[(int)DialogueFeature.Session] = _scratch.BySessionNumber[candidate.Session].Score * _sessionScale;
        features[(int)DialogueFeature.Speaker] = isSpeaker ? _question.IsByRole ? _weights.Role : 1 : 0;
        features[(int)DialogueFeature.FirstPerson] = isSpeaker && turn.Is(TurnMarks.FirstPerson) ? 1 : 0;
        features[(int)DialogueFeature.Answer] = candidate.Answer * _wordsScale;
        features[(int)DialogueFeature.Time] = _question.AsksTime && turn.Is(TurnMarks.TellsTime) ? near : 0;
        features[(int)DialogueFeature.Date] = _question.Days.Length == 0 ? 0 : _question.Closeness(turn);
        features[(int)DialogueFeature.Asking] = turn.QuestionShare;
    }

    static double Share(double value, double max) => max > 0 ? value / max : 0;
}
