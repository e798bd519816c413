package dev.kombo.query;

import dev.kombo.schema.MovedArm;
import dev.kombo.schema.ShareMove;
import java.util.List;

/**
 * A move of shares between treatments, as JSON. Fields mean what the schema ConversionReport says of them.
 *
 * @param version of the strategy that it made
 * @param time epoch milliseconds
 */
record ShareMoveView(long version, long time, List<Arm> arms) {

    /** A treatment: its new share, and how probably it was the best. */
    record Arm(String arm, double share, double probabilityBest) {
        static Arm of(MovedArm moved) {
            return new Arm(moved.getArm(), moved.getShare(), moved.getProbabilityBest());
        }
    }

    /** As JSON; null where there is none. */
    static ShareMoveView of(ShareMove move) {
        return move == null
                ? null
                : new ShareMoveView(
                        move.getVersion(),
                        move.getTime(),
                        move.getArms().stream().map(Arm::of).toList());
    }
}
