package dev.kombo.experiment;

import dev.kombo.codec.Fields;

/**
 * An arm of an experiment: a group of shoppers treated alike.
 *
 * @param name unique in its strategy
 * @param kind what its shoppers get
 * @param share part of the shoppers assigned to it, 0 to 1
 * @param policy how offers are chosen
 * @param stopped whether a guardrail ended it: nobody is assigned to it any more, and its shoppers get what those of
 *     the control get
 */
public record Arm(String name, Kind kind, double share, OfferPolicy policy, boolean stopped) {
    /** Stands for an arm that is to be read. */
    public static final Arm BLANK = new Arm("", Kind.HOLDOUT, 0);

    /** Creates an arm that ranks by relevance. */
    public Arm(String name, Kind kind, double share) {
        this(name, kind, share, OfferPolicy.PLAIN);
    }

    /** Creates an arm that runs. */
    public Arm(String name, Kind kind, double share, OfferPolicy policy) {
        this(name, kind, share, policy, false);
    }

    /** Whether shoppers are assigned to it to be offered what the ranker chooses. */
    public boolean treats() {
        return kind == Kind.TREATMENT && !stopped;
    }

    /** The same arm with another share. */
    public Arm withShare(double newShare) {
        return new Arm(name, kind, newShare, policy, stopped);
    }

    /** The same arm, ended by a guardrail. */
    public Arm ended() {
        return new Arm(name, kind, share, policy, true);
    }

    /** The fields that say who is assigned to it, not what they are offered. */
    public Arm planned(Fields f) {
        return new Arm(f.text(name), kind.fields(f), f.real(share));
    }

    /** What the shoppers of an arm are offered. Stored by their order: append only. */
    public enum Kind {
        /** No offers; learned from like every arm. */
        HOLDOUT,
        /** The most popular bundles. */
        BASELINE,
        /** The bundles that the ranker chooses. */
        TREATMENT;

        private static final Kind[] KINDS = values();

        public Kind fields(Fields f) {
            return f.constant(this, KINDS);
        }
    }
}
