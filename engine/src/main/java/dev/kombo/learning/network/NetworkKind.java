package dev.kombo.learning.network;

/** What a {@link NetworkShape} is made of, beside its linear part. */
public enum NetworkKind {
    /** Nothing: logistic regression over the signals. */
    LINEAR,

    /** Two dense layers over signals and context: wide and deep (Cheng et al.: Wide and Deep Learning, 2016). */
    DENSE,

    /** Dense layers that also see the recent interactions through a convolution over time, pooled. */
    CONVOLUTION,

    /** Dense layers that also see the recent interactions through a gated recurrent unit (Cho et al. 2014). */
    RECURRENT;

    /** Whether there are dense layers, which see the context too. */
    public boolean deep() {
        return this != LINEAR;
    }

    /** Whether the sequence of recent interactions is an input. */
    public boolean sequential() {
        return this == CONVOLUTION || this == RECURRENT;
    }
}
