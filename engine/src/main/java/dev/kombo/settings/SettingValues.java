package dev.kombo.settings;

/** The values of all settings, from which settings records are created. */
public interface SettingValues {
    /** The value of a setting. */
    <T> T get(Setting<T> setting);

    /** The default values. */
    static SettingValues defaults() {
        return new SettingValues() {
            @Override
            public <T> T get(Setting<T> setting) {
                return setting.defaultValue();
            }
        };
    }

    /**
     * The same values except for one.
     *
     * @throws IllegalArgumentException where a number is out of the setting's range
     */
    default <S> SettingValues with(Setting<S> changed, S value) {
        if (changed.allowed() instanceof Range) {
            changed.read(value);
        }
        SettingValues others = this;
        return new SettingValues() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> T get(Setting<T> setting) {
                return setting.equals(changed) ? (T) value : others.get(setting);
            }
        };
    }
}
