package dev.kombo.shop.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A made-up bank: who holds what follows from the stages of life that a customer has been through, from wealth and from
 * how much a customer is one of this bank at all; none of these is in the file. It was written down before anything was
 * ranked with it, from what one knows of banks, and knows nothing of the ranker's signals.
 *
 * <ul>
 *   <li>Stages follow one another by age: student, at work, family, owner of a home, retired; some skip family or home,
 *       some are self-employed. In each stage a product is opened with the stage's chance, and kept.
 *   <li>Wealth multiplies the chances of investments and divides those of loans; loyalty multiplies all.
 *   <li>Cards and credit come with an account only; the gold card takes the place of the card, a mortgage that of the
 *       savings for a home; what belongs to a stage is closed after it by some.
 *   <li>Three in a hundred cells are then flipped.
 * </ul>
 */
public final class LifeStages {
    private static final List<String> PRODUCTS = List.of(
            "giro",
            "student-account",
            "card",
            "gold-card",
            "overnight-savings",
            "fixed-deposit",
            "home-savings",
            "mortgage",
            "car-loan",
            "consumer-credit",
            "funds-plan",
            "securities",
            "gold-plan",
            "pension-plan",
            "life-insurance",
            "disability-insurance",
            "household-insurance",
            "liability-insurance",
            "building-insurance",
            "legal-insurance",
            "travel-insurance",
            "child-savings",
            "business-account",
            "business-loan",
            "terminal",
            "foreign-currency");
    private static final String[][] STAGES = {
        {
            "giro .3",
            "student-account .8",
            "card .35",
            "travel-insurance .2",
            "liability-insurance .15",
            "overnight-savings .2"
        },
        {
            "giro .9",
            "card .7",
            "gold-card .1",
            "overnight-savings .5",
            "car-loan .25",
            "consumer-credit .2",
            "funds-plan .3",
            "pension-plan .3",
            "disability-insurance .35",
            "household-insurance .4",
            "liability-insurance .5",
            "home-savings .3",
            "travel-insurance .25",
            "legal-insurance .12"
        },
        {
            "child-savings .7",
            "life-insurance .45",
            "household-insurance .5",
            "liability-insurance .4",
            "home-savings .35",
            "car-loan .3",
            "legal-insurance .25",
            "consumer-credit .2"
        },
        {"mortgage .85", "building-insurance .75", "life-insurance .3", "household-insurance .3", "funds-plan .15"},
        {
            "fixed-deposit .55",
            "securities .3",
            "gold-card .25",
            "travel-insurance .3",
            "gold-plan .2",
            "foreign-currency .15"
        },
        {
            "business-account .9",
            "business-loan .4",
            "terminal .4",
            "legal-insurance .35",
            "gold-card .3",
            "pension-plan .35",
            "foreign-currency .2"
        }
    };
    private static final List<String> INVESTMENTS =
            List.of("securities", "funds-plan", "fixed-deposit", "gold-plan", "gold-card", "foreign-currency");
    private static final List<String> LOANS = List.of("car-loan", "consumer-credit", "business-loan");

    private LifeStages() {}

    /** Writes the bank of the documentation to the named file. */
    public static void main(String[] file) throws IOException {
        write(Path.of(file[0]), 12_000, 1);
    }

    /** Writes a table of holdings, wide, with years of birth. */
    public static void write(Path file, int customers, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        lines.add("customer,born," + String.join(",", PRODUCTS));
        for (int c = 0; c < customers; c++) {
            int age = 18 + random.nextInt(65);
            boolean[] held = holdings(random, age);
            StringBuilder line = new StringBuilder("c" + c + "," + (2026 - age));
            for (boolean one : held) {
                line.append(one ? ",1" : ",0");
            }
            lines.add(line.toString());
        }
        Files.write(file, lines);
    }

    private static boolean[] holdings(Random random, int age) {
        boolean[] held = new boolean[PRODUCTS.size()];
        double wealth = Math.exp(0.6 * random.nextGaussian());
        double loyalty = Math.exp(0.4 * random.nextGaussian() - 0.3);
        boolean family = random.nextDouble() < 0.6;
        boolean home = random.nextDouble() < 0.4 + (family ? 0.2 : 0);
        live(random, 0, held, wealth, loyalty);
        if (age >= 24) {
            live(random, 1, held, wealth, loyalty);
            close(random, held, "student-account", 0.9);
        }
        if (age >= 26 && random.nextDouble() < 0.12) {
            live(random, 5, held, wealth, loyalty);
        }
        if (age >= 32 && family) {
            live(random, 2, held, wealth, loyalty);
        }
        if (age >= 36 && home) {
            live(random, 3, held, wealth, loyalty);
        }
        if (age >= 55) {
            close(random, held, "child-savings", 0.7);
            close(random, held, "car-loan", 0.5);
        }
        if (age >= 63) {
            live(random, 4, held, wealth, loyalty);
            close(random, held, "mortgage", 0.8);
            close(random, held, "disability-insurance", 0.9);
            close(random, held, "pension-plan", 0.6);
        }
        if (held("mortgage", held)) {
            close(random, held, "home-savings", 0.8);
        }
        if (held("gold-card", held)) {
            close(random, held, "card", 0.95);
        }
        boolean account = held("giro", held) || held("student-account", held) || held("business-account", held);
        for (String needs : List.of("card", "gold-card", "consumer-credit")) {
            close(random, held, needs, account ? 0 : 1);
        }
        for (int p = 0; p < held.length; p++) {
            held[p] ^= random.nextDouble() < 0.03;
        }
        return held;
    }

    private static void live(Random random, int stage, boolean[] held, double wealth, double loyalty) {
        for (String chance : STAGES[stage]) {
            int space = chance.indexOf(' ');
            String product = chance.substring(0, space);
            double odds = Double.parseDouble(chance.substring(space + 1)) * loyalty;
            odds *= INVESTMENTS.contains(product) ? wealth : LOANS.contains(product) ? 1 / wealth : 1;
            held[PRODUCTS.indexOf(product)] |= random.nextDouble() < odds;
        }
    }

    private static void close(Random random, boolean[] held, String product, double chance) {
        held[PRODUCTS.indexOf(product)] &= random.nextDouble() >= chance;
    }

    private static boolean held(String product, boolean[] held) {
        return held[PRODUCTS.indexOf(product)];
    }
}
