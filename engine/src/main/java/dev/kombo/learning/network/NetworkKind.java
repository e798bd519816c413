package dev.kombo.learning.network;

/** The kinds of ranker networks, by what they add to the linear part. */
public enum NetworkKind {
    /** Nothing: logistic regression over the signals. */
    LINEAR,

    /** Two dense layers over signals and context: wide and deep (Cheng et al.: Wide and Deep Learning, 2016). */
    DENSE,

    /** Dense layers that also use the recent interactions through a convolution over time, pooled. */
    CONVOLUTION,

    /** Dense layers that also use the recent interactions through a gated recurrent unit (Cho et al. 2014). */
    RECURRENT;

    /** Whether it has dense layers, which also use the context. */
    public boolean deep() {
        return this != LINEAR;
    }

    /** Whether it uses the sequence of recent interactions. */
    public boolean sequential() {
        return this == CONVOLUTION || this == RECURRENT;
    }
}
