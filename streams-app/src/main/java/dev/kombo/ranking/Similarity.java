package dev.kombo.ranking;

/** How alike two bundles of one slate are. */
public enum Similarity {
    /** Jaccard index of the members: members in both / members in either. */
    MEMBERS,
    /** Cosine of the blended factors, negative ones taken as 0. */
    FACTORS
}
