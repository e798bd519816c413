package dev.kombo.experiment;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a strategy, in sentences for an operator. */
final class Problems {
    private final List<String> sentences = new ArrayList<>();

    void add(String sentence) {
        sentences.add(sentence);
    }

    void addIf(boolean wrong, String sentence) {
        if (wrong) {
            sentences.add(sentence);
        }
    }

    List<String> sentences() {
        return sentences;
    }
}
