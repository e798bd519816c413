package dev.kombo.catalog;

import java.util.Arrays;

/**
 * A map from any int to the number of a place, 0 or more: open addressing with linear probing, and deletion by shifting
 * back (Knuth, The Art of Computer Programming 3, 6.4 R). Touched by one thread.
 */
final class IntSlots {
    private int[] keys;
    private int[] places;
    private int mask;
    private int size;

    IntSlots() {
        allocate(16);
    }

    private void allocate(int length) {
        keys = new int[length];
        places = new int[length];
        Arrays.fill(places, -1);
        mask = length - 1;
    }

    /** The place of a key, or -1. */
    int get(int key) {
        for (int i = home(key); places[i] >= 0; i = (i + 1) & mask) {
            if (keys[i] == key) {
                return places[i];
            }
        }
        return -1;
    }

    /** Adds a key that is not there. */
    void add(int key, int place) {
        if (2 * (size + 1) > keys.length) {
            int[] oldKeys = keys;
            int[] oldPlaces = places;
            allocate(2 * oldKeys.length);
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldPlaces[i] >= 0) {
                    put(oldKeys[i], oldPlaces[i]);
                }
            }
        }
        put(key, place);
        size++;
    }

    private void put(int key, int place) {
        int i = home(key);
        while (places[i] >= 0) {
            i = (i + 1) & mask;
        }
        keys[i] = key;
        places[i] = place;
    }

    /** Takes a key out that is there. */
    void remove(int key) {
        int hole = home(key);
        while (keys[hole] != key || places[hole] < 0) {
            hole = (hole + 1) & mask;
        }
        size--;
        for (int i = (hole + 1) & mask; places[i] >= 0; i = (i + 1) & mask) {
            // An entry may fill the hole unless its home lies behind the hole.
            if (((i - home(keys[i])) & mask) >= ((i - hole) & mask)) {
                keys[hole] = keys[i];
                places[hole] = places[i];
                hole = i;
            }
        }
        places[hole] = -1;
    }

    private int home(int key) {
        int hash = key * 0x9e3779b1;
        return (hash ^ (hash >>> 15)) & mask;
    }
}
