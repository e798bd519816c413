package dev.kombo.engine.trainer;

import org.jspecify.annotations.Nullable;

/**
 * An example for a model; all that the trainer task reads.
 *
 * @param model one of {@link RankerNames}; another name or null: no model of this version
 * @param example null: none
 */
public record TrainerInput(@Nullable String model, @Nullable TrainingExample example) {}
