package dev.kombo.lab.simulation;

/** Everything that is hidden from the service. For one thread. */
record World(
        SimulationSettings settings,
        SimulatedCatalog catalog,
        Tastes tastes,
        OrderSizes sizes,
        LineChoice choice,
        HiddenAcceptance acceptance) {
    /** The world of a seed; offers are accepted as often as the settings say. */
    static World of(SimulationSettings settings) {
        SimulatedCatalog catalog =
                new SimulatedCatalog(settings.seed(), settings.timetable().firstDay());
        Tastes tastes = new Tastes(catalog, settings.seed());
        return new World(
                settings,
                catalog,
                tastes,
                new OrderSizes(settings.basket().mostLines()),
                new LineChoice(catalog),
                Calibration.acceptance(settings, catalog, tastes));
    }
}
