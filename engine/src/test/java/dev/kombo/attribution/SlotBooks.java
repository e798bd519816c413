package dev.kombo.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Books of what one shopper was offered, took and gave back, of bundles with slots, kept apart from the ledger: each
 * unit is an entry of its own, and what the shopper swapped is known. Events come in order of time, and each purchase
 * is an order; nothing is rounded.
 */
final class SlotBooks {
    /**
     * Items of which a bundle needs so many units: one fixed member, or a slot.
     *
     * @param items the items that count
     */
    record Need(Set<String> items, int units) {}

    /** A bundle of an offer. */
    static final class Position {
        final String offer;
        final String bundle;
        private final int rank;
        private final long offeredAt;
        private final List<Need> needs;
        private long seenAt;
        private long clickedAt;
        boolean converted;

        Position(String offer, String bundle, int rank, long offeredAt, List<Need> needs) {
            this.offer = offer;
            this.bundle = bundle;
            this.rank = rank;
            this.offeredAt = offeredAt;
            this.needs = needs;
        }

        private boolean holds(long time) {
            return seenAt > 0 && seenAt <= time && time < offeredAt + LedgerFixture.WINDOW;
        }

        private long touchedAt() {
            return Math.max(seenAt, clickedAt);
        }
    }

    /** One unit that the shopper took, and the bundle that it is credited to, if any. */
    static final class Unit {
        final String item;
        final String order;
        final long price;
        private final long at;
        private Position credit;
        private int conversion;

        Unit(String item, String order, long price, long at) {
            this.item = item;
            this.order = order;
            this.price = price;
            this.at = at;
        }

        boolean isCredited() {
            return credit != null;
        }
    }

    /**
     * Units that the shopper took and has not given back, those of bundles bought whole with their share of its price.
     */
    final List<Unit> owned = new ArrayList<>();

    final List<Position> open = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private long money;
    private int conversions;

    /** What happened since it was last asked, in any order. */
    List<String> told() {
        List<String> last = told.stream().sorted().toList();
        told.clear();
        return last;
    }

    /** What is attributed by now. */
    long money() {
        return money;
    }

    private void record(OutcomeKind kind, Position position, int quantity, long amount) {
        told.add(line(kind, position.offer, position.bundle, quantity, amount));
        money += amount;
    }

    static String line(OutcomeKind kind, String offer, String bundle, int quantity, long amount) {
        return "%s %s %s %d for %d".formatted(kind, offer, bundle, quantity, amount);
    }

    void seen(String offer, long time) {
        for (Position position : open) {
            position.seenAt = position.offer.equals(offer) && position.seenAt == 0 ? time : position.seenAt;
        }
        completeAll(null);
    }

    void clicked(Position clicked, long time) {
        clicked.clickedAt = time;
        seen(clicked.offer, time);
    }

    void bought(String item, int quantity, long price, String order, long time) {
        for (int i = 0; i < quantity; i++) {
            owned.add(new Unit(item, order, price, time));
        }
        completeAll(item);
    }

    /** Takes a bundle whole; true if it is credited to an offer. */
    boolean boughtWhole(String bundle, int quantity, List<Unit> units, long time) {
        Position winner = latestOf(bundle, time);
        if (winner == null) {
            return false;
        }
        credit(winner, units);
        owned.addAll(units);
        record(OutcomeKind.CONVERSION, winner, quantity, price(units));
        return true;
    }

    /** The bundle of an offer that a purchase of it whole is credited to, or null. */
    Position latestOf(String bundle, long time) {
        return latest(open.stream()
                .filter(position -> !position.converted && position.bundle.equals(bundle) && position.holds(time))
                .toList());
    }

    private static long price(List<Unit> units) {
        return units.stream().mapToLong(unit -> unit.price).sum();
    }

    private void credit(Position position, List<Unit> units) {
        position.converted = true;
        conversions++;
        for (Unit unit : units) {
            unit.credit = position;
            unit.conversion = conversions;
        }
    }

    private static Position latest(List<Position> positions) {
        return positions.stream()
                .max(Comparator.comparing((Position position) -> position.clickedAt > 0)
                        .thenComparing(Position::touchedAt)
                        .thenComparing(position -> -position.rank))
                .orElse(null);
    }

    /** Units that a bundle can use for a need, the latest first. */
    private List<Unit> usable(Position position, Need need) {
        List<Unit> usable = new ArrayList<>();
        for (int i = owned.size() - 1; i >= 0; i--) {
            Unit unit = owned.get(i);
            if (unit.credit == null
                    && need.items.contains(unit.item)
                    && unit.at > position.offeredAt
                    && unit.at < position.offeredAt + LedgerFixture.WINDOW) {
                usable.add(unit);
            }
        }
        return usable;
    }

    /** Whether a bundle that is open may yet be completed with a unit. */
    boolean isUsable(Unit unit) {
        return open.stream()
                .anyMatch(position -> !position.converted
                        && position.needs.stream()
                                .anyMatch(need -> usable(position, need).contains(unit)));
    }

    private List<Unit> found(Position position) {
        List<Unit> found = new ArrayList<>();
        for (Need need : position.needs) {
            found.addAll(usable(position, need).stream().limit(need.units).toList());
        }
        return found;
    }

    private long latestUnit(Position position) {
        return position.needs.stream()
                .flatMap(need -> usable(position, need).stream())
                .mapToLong(unit -> unit.at)
                .max()
                .orElse(0);
    }

    private void completeAll(String item) {
        Position winner;
        do {
            winner = latest(open.stream()
                    .filter(position -> !position.converted
                            && position.holds(latestUnit(position))
                            && (item == null || position.needs.stream().anyMatch(need -> need.items.contains(item)))
                            && found(position).size()
                                    == position.needs.stream()
                                            .mapToInt(Need::units)
                                            .sum())
                    .toList());
            if (winner != null) {
                List<Unit> units = found(winner);
                credit(winner, units);
                record(OutcomeKind.CONVERSION, winner, 1, price(units));
            }
        } while (winner != null);
    }

    /** Gives units of an order back, those of the latest conversion first, then those that are credited to none. */
    void returned(List<Unit> units) {
        for (Unit unit : units) {
            owned.remove(unit);
        }
        for (Position position : units.stream()
                .map(unit -> unit.credit)
                .filter(Objects::nonNull)
                .distinct()
                .toList()) {
            List<Unit> of =
                    units.stream().filter(unit -> unit.credit == position).toList();
            record(OutcomeKind.RETURN, position, of.size(), -price(of));
        }
    }

    /** Gives whole bundles of one order back. */
    void returnedWhole(int quantity, List<Unit> units) {
        owned.removeAll(units);
        record(OutcomeKind.RETURN, units.get(0).credit, quantity, -price(units));
    }

    /** The units of an order with an item, as a return takes them. */
    List<Unit> of(String order, String item) {
        List<Unit> all = new ArrayList<>(owned.stream()
                .filter(unit -> unit.order.equals(order) && unit.item.equals(item))
                .toList());
        all.sort(Comparator.comparing((Unit unit) -> unit.conversion).reversed());
        return all;
    }

    List<String> itemsOf(String order) {
        return owned.stream()
                .filter(unit -> unit.order.equals(order))
                .map(unit -> unit.item)
                .distinct()
                .toList();
    }

    /** Closes the offers whose time has come. */
    void expire(long now) {
        for (Position position : List.copyOf(open)) {
            if (position.offeredAt + LedgerFixture.WINDOW <= now) {
                int units = found(position).size();
                if (!position.converted && units > 0 && position.holds(latestUnit(position))) {
                    record(OutcomeKind.PARTIAL_CONVERSION, position, units, 0);
                }
                open.remove(position);
            }
        }
    }
}
