package dev.kombo.lab.shop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The shop's hidden truth on which items are bought together: groups of two or three, within a category or across
 * related ones. The first of them are sold as curated bundles; the others wait to be found by mining.
 */
final class ComplementGroups {
    static final int GROUPS = 90;

    private static final int MOST_GROUPS_OF_AN_ITEM = 2;
    private static final long SALT = 0x67726f7570L;

    private final List<int[]> groups = new ArrayList<>(GROUPS);
    private final int[][] complements;

    /**
     * @param seed seed of the shop
     * @param itemsPerCategory number of items of each category; item n of category c has index c * items + n
     */
    ComplementGroups(long seed, int itemsPerCategory) {
        int categories = ShopCategory.values().length;
        int[] uses = new int[categories * itemsPerCategory];
        Set<String> known = new HashSet<>();
        for (int attempt = 0; groups.size() < GROUPS; attempt++) {
            ShopCategory category = ShopCategory.values()[groups.size() % categories];
            int[] group = draw(category, uses, itemsPerCategory, new HashedDraws(seed, SALT, attempt));
            if (known.add(Arrays.toString(group))) {
                groups.add(group);
                for (int item : group) {
                    uses[item]++;
                }
            }
        }
        complements = new int[uses.length][];
        for (int item = 0; item < uses.length; item++) {
            complements[item] = complementsOf(item);
        }
    }

    private static int[] draw(ShopCategory category, int[] uses, int itemsPerCategory, HashedDraws draws) {
        int[] group = new int[draws.chance(0.4) ? 3 : 2];
        Arrays.fill(group, -1);
        for (int i = 0; i < group.length; i++) {
            ShopCategory from = i == 0 || draws.chance(0.4) ? category : category.related(draws.below(3));
            int first = from.ordinal() * itemsPerCategory;
            int offset = draws.below(itemsPerCategory);
            while (taken(group, first + offset) || uses[first + offset] >= MOST_GROUPS_OF_AN_ITEM) {
                offset = (offset + 1) % itemsPerCategory;
            }
            group[i] = first + offset;
        }
        Arrays.sort(group);
        return group;
    }

    private static boolean taken(int[] group, int item) {
        for (int member : group) {
            if (member == item) {
                return true;
            }
        }
        return false;
    }

    private int[] complementsOf(int item) {
        return groups.stream()
                .filter(group -> taken(group, item))
                .flatMapToInt(Arrays::stream)
                .filter(member -> member != item)
                .distinct()
                .toArray();
    }

    /** Items of each group, by index, ascending. */
    List<int[]> groups() {
        return groups;
    }

    /** Items that go with an item, by index; empty where there are none. Not to be written to. */
    int[] complements(int item) {
        return complements[item];
    }
}
