package dev.kombo.query.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents a component of a response record in its JSON schema. The Javadoc does not repeat it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Described {
    /** A sentence with unit and range. */
    String value() default "";

    /** Whether it may be null. */
    boolean nullable() default false;

    /** For JSON, or a list of it: the generated class of its Avro record. */
    Class<?> avro() default Void.class;
}
