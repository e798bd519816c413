package dev.kombo.topology;

/** What the store item-pending says of a target that changed since its last publication. */
final class Pending {
    /** The model is to be published. */
    static final byte[] MODEL = {1};

    /** The model is to be published, and bundles are to be looked for: the target's partners changed. */
    static final byte[] MODEL_AND_BUNDLES = {2};

    private Pending() {}

    static boolean bundlesDue(byte[] pending) {
        return pending[0] == MODEL_AND_BUNDLES[0];
    }
}
