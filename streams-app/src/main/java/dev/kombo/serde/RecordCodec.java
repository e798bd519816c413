package dev.kombo.serde;

import dev.kombo.client.TrustedRecords;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Maps Java records of the domain to Avro records and back by the names of components and fields. A nested domain
 * record without a field of its name is spread over fields of the surrounding Avro record, unless it is null.
 * Enumerations are mapped by name, and an unknown symbol becomes null; NaN is null if the field is nullable. Fields
 * without a component keep their defaults.
 *
 * <p>The codec uses reflection, which costs some nanoseconds and a boxed value per field: for records off the path of
 * events. Records on that path have hand-written mappers. Thread-safe.
 */
public final class RecordCodec<D extends Record, A extends SpecificRecord> {
    /** A conversion in both directions; it receives no null unless it asks for them. */
    record Conversion(UnaryOperator<Object> toAvro, UnaryOperator<Object> toDomain) {
        static final Conversion NONE = new Conversion(value -> value, value -> value);
    }

    private static final int NO_FIELD = -1;

    /** How one component is stored: in a field, or spread over several. */
    private record Mapping(
            RecordComponent component, int field, Conversion conversion, RecordCodec<Record, SpecificRecord> spread) {}

    private final Constructor<D> constructor;
    private final Schema schema;
    private final Mapping[] parts;
    private final Map<Integer, Object> defaults = new HashMap<>();

    /** Components whose field has another name or whose value needs its own conversion. */
    static final class Exceptions {
        private final Map<String, String> names = new HashMap<>();
        private final Map<String, Conversion> conversions = new HashMap<>();

        /** Maps a component, such as terms.priceMinor, to a field with another name. */
        Exceptions named(String component, String field) {
            names.put(component, field);
            return this;
        }

        /** Maps a value of a component that means "unknown" to null in the Avro record. */
        Exceptions unknown(String component, Object value) {
            return kept(
                    component,
                    new Conversion(known -> known.equals(value) ? null : known, kept -> kept == null ? value : kept));
        }

        /** Gives a component its own conversion, which receives nulls. */
        Exceptions kept(String component, Conversion conversion) {
            conversions.put(component, conversion);
            return this;
        }
    }

    /** A codec of two classes whose names agree. */
    static <D extends Record, A extends SpecificRecord> RecordCodec<D, A> of(Class<D> domain, Class<A> avro) {
        return of(domain, avro, new Exceptions());
    }

    /**
     * A codec of two classes.
     *
     * @throws IllegalArgumentException if a component has no field
     */
    static <D extends Record, A extends SpecificRecord> RecordCodec<D, A> of(
            Class<D> domain, Class<A> avro, Exceptions exceptions) {
        TrustedRecords.install();
        return new RecordCodec<>(domain, SpecificData.get().getSchema(avro), "", exceptions);
    }

    private RecordCodec(Class<D> domain, Schema schema, String path, Exceptions exceptions) {
        RecordComponent[] components = domain.getRecordComponents();
        try {
            constructor = domain.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(e);
        }
        this.schema = schema;
        schema.getFields().stream()
                .filter(Schema.Field::hasDefaultValue)
                .forEach(field -> defaults.put(field.pos(), SpecificData.get().getDefaultValue(field)));
        this.parts = Arrays.stream(components)
                .map(component -> part(component, path + component.getName(), exceptions))
                .toArray(Mapping[]::new);
    }

    private Mapping part(RecordComponent component, String path, Exceptions exceptions) {
        Schema.Field field = schema.getField(exceptions.names.getOrDefault(path, component.getName()));
        if (field != null) {
            Conversion own = exceptions.conversions.get(path);
            Conversion found =
                    own == null ? conversion(component.getGenericType(), field.schema(), path, exceptions) : own;
            return new Mapping(component, field.pos(), found, null);
        }
        if (!component.getType().isRecord()) {
            throw new IllegalArgumentException(schema.getName() + " has no field for " + path);
        }
        return new Mapping(component, NO_FIELD, null, inside(component.getType(), schema, path, exceptions));
    }

    @SuppressWarnings("unchecked")
    private static RecordCodec<Record, SpecificRecord> inside(
            Class<?> domain, Schema schema, String path, Exceptions exceptions) {
        return new RecordCodec<>((Class<Record>) domain, schema, path + ".", exceptions);
    }

    private static Conversion conversion(Type type, Schema schema, String path, Exceptions exceptions) {
        if (schema.isUnion()) {
            Conversion known = conversion(type, AvroJson.valueOf(schema), path, exceptions);
            boolean number = type == double.class;
            return new Conversion(
                    value -> value == null || (number && ((Double) value).isNaN()) ? null : known.toAvro.apply(value),
                    value -> value == null ? (number ? (Object) Double.NaN : null) : known.toDomain.apply(value));
        }
        return switch (schema.getType()) {
            case ARRAY -> list((ParameterizedType) type, schema.getElementType(), path, exceptions);
            case RECORD -> {
                RecordCodec<Record, SpecificRecord> codec = inside((Class<?>) type, schema, path, exceptions);
                yield new Conversion(
                        value -> codec.toAvro((Record) value), value -> codec.toDomain((SpecificRecord) value));
            }
            case ENUM, STRING ->
                type instanceof Class<?> known && known.isEnum() ? constant(known, schema) : Conversion.NONE;
            default -> Conversion.NONE;
        };
    }

    private static Conversion list(ParameterizedType type, Schema elements, String path, Exceptions exceptions) {
        Conversion element = conversion(type.getActualTypeArguments()[0], elements, path, exceptions);
        boolean set = type.getRawType() == Set.class;
        return new Conversion(
                values -> {
                    List<Object> written = all(values, element.toAvro);
                    if (set) {
                        // Java iterates a set of the same elements differently in each process.
                        written.sort(Comparator.comparing(Object::toString));
                    }
                    return written;
                },
                values -> {
                    List<Object> read = all(values, element.toDomain);
                    return set ? Set.copyOf(read) : read;
                });
    }

    private static List<Object> all(Object values, UnaryOperator<Object> conversion) {
        List<Object> converted = new ArrayList<>(((Collection<?>) values).size());
        for (Object value : (Collection<?>) values) {
            converted.add(conversion.apply(value));
        }
        return converted;
    }

    private static Conversion constant(Class<?> type, Schema schema) {
        Map<String, Object> byName = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            byName.put(((Enum<?>) constant).name(), constant);
        }
        boolean text = schema.getType() == Schema.Type.STRING;
        return new Conversion(
                value -> text
                        ? ((Enum<?>) value).name()
                        : SpecificData.get().createEnum(((Enum<?>) value).name(), schema),
                value -> byName.get(value.toString()));
    }

    /** Returns the Avro record; null for null. */
    @SuppressWarnings("unchecked")
    public A toAvro(D value) {
        if (value == null) {
            return null;
        }
        SpecificRecord record =
                (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        defaults.forEach((field, standard) -> record.put(
                field, SpecificData.get().deepCopy(schema.getFields().get(field).schema(), standard)));
        write(value, record);
        return (A) record;
    }

    /** Returns the Avro records, in order. */
    public List<A> toAvros(Collection<D> values) {
        return values.stream().map(this::toAvro).toList();
    }

    private void write(Record value, SpecificRecord record) {
        for (Mapping part : parts) {
            Object component = invoke(() -> part.component.getAccessor().invoke(value));
            if (part.field != NO_FIELD) {
                record.put(part.field, part.conversion.toAvro.apply(component));
            } else if (part.spread != null && component != null) {
                part.spread.write((Record) component, record);
            }
        }
    }

    /**
     * Returns the domain record; null for null.
     *
     * @throws IllegalArgumentException if the domain record rejects its values
     */
    public D toDomain(A record) {
        if (record == null) {
            return null;
        }
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            Object stored = parts[i].field == NO_FIELD ? null : record.get(parts[i].field);
            values[i] = parts[i].spread == null
                    ? parts[i].conversion.toDomain.apply(stored)
                    : parts[i].spread.toDomain(record);
        }
        return invoke(() -> constructor.newInstance(values));
    }

    /** Returns the domain records, in order. */
    public List<D> toDomains(List<A> records) {
        return records.stream().map(this::toDomain).toList();
    }

    @FunctionalInterface
    private interface Reflection<T> {
        T run() throws ReflectiveOperationException;
    }

    private static <T> T invoke(Reflection<T> reflection) {
        try {
            return reflection.run();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
