package dev.kombo.settings;

/** The values of all settings, from which the records of settings are made. */
public interface SettingValues {
    /** The value of a setting. */
    <T> T get(Setting<T> setting);

    /** The values that ship. */
    static SettingValues defaults() {
        return new SettingValues() {
            @Override
            public <T> T get(Setting<T> setting) {
                return setting.defaultValue();
            }
        };
    }

    /**
     * The same values but for one.
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
