package dev.kombo.lab.simulation;

import java.util.Arrays;

/** A growing list of items by index. */
final class ItemList {
    private int[] items = new int[8];
    private int size;

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
    }

    int get(int place) {
        return items[place];
    }

    int size() {
        return size;
    }

    boolean contains(int item) {
        for (int i = 0; i < size; i++) {
            if (items[i] == item) {
                return true;
            }
        }
        return false;
    }

    /** The same items; what is added to one is not added to the other. */
    ItemList copy() {
        ItemList copy = new ItemList();
        copy.items = items.clone();
        copy.size = size;
        return copy;
    }
}
