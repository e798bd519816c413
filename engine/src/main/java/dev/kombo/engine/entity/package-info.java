/** The state of one item or bundle, the updates that events send to it, and how its factors learn from them. */
package dev.kombo.engine.entity;
