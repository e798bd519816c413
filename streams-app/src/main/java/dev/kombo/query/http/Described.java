package dev.kombo.query.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component of an answer means, for its schema; here and not in the Javadoc, so that it is said once. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Described {
    /** In a sentence, with unit and range. */
    String value() default "";

    /** Whether it may be null. */
    boolean nullable() default false;

    /** Of JSON, or a list of it: the generated class of the Avro record that it is. */
    Class<?> avro() default Void.class;
}
