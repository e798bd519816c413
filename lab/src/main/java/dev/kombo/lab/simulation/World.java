package dev.kombo.lab.simulation;

/** Everything that is hidden from the service. For one thread. */
final class World {
    private final SimulationSettings settings;
    private final SimulatedCatalog catalog;
    private final Tastes tastes;
    private final OrderSizes sizes;
    private final LineChoice choice;
    private final HiddenAcceptance acceptance;

    /** The world of a seed; offers are accepted as often as the settings say. */
    World(SimulationSettings settings) {
        this.settings = settings;
        this.catalog =
                new SimulatedCatalog(settings.seed(), settings.timetable().firstDay());
        this.tastes = new Tastes(catalog, settings.seed());
        this.sizes = new OrderSizes(settings.basket().mostLines());
        this.choice = new LineChoice(catalog);
        this.acceptance = Calibration.acceptance(settings, catalog, tastes);
    }

    SimulationSettings settings() {
        return settings;
    }

    SimulatedCatalog catalog() {
        return catalog;
    }

    Tastes tastes() {
        return tastes;
    }

    OrderSizes sizes() {
        return sizes;
    }

    LineChoice choice() {
        return choice;
    }

    HiddenAcceptance acceptance() {
        return acceptance;
    }
}
