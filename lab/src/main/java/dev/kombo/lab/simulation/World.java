package dev.kombo.lab.simulation;

/** Everything that is hidden from the service. Not thread-safe. */
record World(
        SimulationSettings settings,
        SimulatedCatalog catalog,
        Preferences preferences,
        OrderSizes sizes,
        LineChoice choice,
        HiddenConversion conversionModel) {
    /** Creates the world of a seed; its acceptance is calibrated as the settings say. */
    static World of(SimulationSettings settings) {
        SimulatedCatalog catalog =
                new SimulatedCatalog(settings.seed(), settings.timetable().firstDay());
        Preferences preferences = new Preferences(catalog, settings.seed());
        return new World(
                settings,
                catalog,
                preferences,
                new OrderSizes(settings.basket().mostLines()),
                new LineChoice(catalog),
                AcceptanceCalibration.conversionModel(settings, catalog, preferences));
    }
}
