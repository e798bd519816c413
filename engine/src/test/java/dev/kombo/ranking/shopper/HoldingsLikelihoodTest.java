package dev.kombo.ranking.shopper;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.Entity;
import dev.kombo.entity.Neighbor;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.Events;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Naive Bayes over four products of a bank with 1000 customers, against its formula. */
class HoldingsLikelihoodTest {
    private static final double STRENGTH = 3;
    private static final int CUSTOMERS = 1000;
    private static final String[] PRODUCTS = {"account", "card", "loan", "fund"};
    private static final int[] HOLDERS = {800, 300, 100, 50};
    private static final int[][] COMMON = {{0, 250, 90, 45}, {250, 0, 20, 30}, {90, 20, 0, 0}, {45, 30, 0, 0}};

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final ShopperItems shopperItems = new ShopperItems();
    private final HoldingsLikelihood likelihood = new HoldingsLikelihood(index, shopperItems, new LevelFit(index));
    private final Behavior customer =
            new Behavior(ProfileLimits.of(SettingValues.defaults().with(ProfileLimits.HOLDINGS, true)));

    HoldingsLikelihoodTest() {
        for (int j = 0; j < PRODUCTS.length; j++) {
            index.putItem(CatalogFixtures.item(PRODUCTS[j], 100));
            List<Neighbor> neighbors = new ArrayList<>();
            for (int i = 0; i < PRODUCTS.length; i++) {
                if (COMMON[j][i] > 0) {
                    neighbors.add(new Neighbor(PRODUCTS[i], COMMON[j][i], COMMON[j][i]));
                }
            }
            index.putModel(CatalogFixtures.model(Entity.ofItem(PRODUCTS[j]), HOLDERS[j], NOW, neighbors));
        }
        index.putModel(CatalogFixtures.model(Entity.ALL, CUSTOMERS));
        index.refresh();
    }

    private double of(String product) {
        return likelihood.of(index.itemOrdinal(product));
    }

    private void load() {
        shopperItems.clear();
        likelihood.load(customer.holdings());
    }

    /** Without the terms that are the same for all products: the p(i) of what is held. */
    private static double expected(int product, Set<String> held) {
        double sum = Math.log(HOLDERS[product] + 1);
        for (int i = 0; i < PRODUCTS.length; i++) {
            if (i == product) {
                continue;
            }
            double all = HOLDERS[product] + STRENGTH;
            double share = HOLDERS[i] / (double) CUSTOMERS;
            sum += held.contains(PRODUCTS[i])
                    ? Math.log((COMMON[product][i] + STRENGTH * share) / all / share)
                    : Math.log((HOLDERS[product] - COMMON[product][i] + STRENGTH) / all);
        }
        return sum;
    }

    @Test
    void shouldEqualNaiveBayesForWhateverIsHeld() {
        for (Set<String> held :
                List.of(Set.of("account"), Set.of("account", "card"), Set.of("account", "card", "loan"))) {
            held.forEach(product -> customer.record(Events.item(EventType.PURCHASE, product, NOW)));
            load();
            for (int j = 0; j < PRODUCTS.length; j++) {
                assertThat(of(PRODUCTS[j]))
                        .as(PRODUCTS[j] + " of one with " + held)
                        .isCloseTo(expected(j, held), within(1e-4));
            }
        }
    }

    @Test
    void shouldSayNothingWhereNothingIsHeld() {
        customer.record(Events.item(EventType.PURCHASE, "account", NOW));
        customer.record(Events.item(EventType.RETURN, "account", NOW + 1));
        load();
        assertThat(of("card")).as("closed again").isZero();
        shopperItems.clear();
        likelihood.load(null);
        assertThat(of("card")).isZero();
    }
}
