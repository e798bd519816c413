package dev.kombo.serde;

import dev.kombo.client.TrustedRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Fills generated classes with random content, every branch of every union included. */
final class RandomRecords {

    private static final SpecificData MODEL = SpecificData.get();

    private final Random random;

    RandomRecords(long seed) {
        TrustedRecords.install();
        this.random = new Random(seed);
    }

    /** A record of the class. */
    <T extends SpecificRecord> T record(Class<T> type) {
        return type.cast(value(MODEL.getSchema(type)));
    }

    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> recordValue(schema);
            case ENUM ->
                MODEL.createEnum(
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())),
                        schema);
            case ARRAY -> arrayValue(schema.getElementType());
            case MAP -> mapValue(schema.getValueType());
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case STRING -> text();
            case BYTES -> bytes();
            case INT -> random.nextInt();
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            default -> throw new IllegalArgumentException("not used by any schema: " + schema);
        };
    }

    private SpecificRecord recordValue(Schema schema) {
        SpecificRecord record = (SpecificRecord) MODEL.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema()));
        }
        return record;
    }

    private List<Object> arrayValue(Schema element) {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(element));
        }
        return values;
    }

    private Map<String, Object> mapValue(Schema element) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.put(text(), value(element));
        }
        return values;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(random.nextInt(4) == 0 ? 0x1f600 + random.nextInt(64) : 0x20 + random.nextInt(0x200));
        }
        return text.toString();
    }

    private ByteBuffer bytes() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
