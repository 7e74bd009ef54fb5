import activeloopDeepLake from "./catalog/activeloop-deep-lake.json";
import airbyteCloud from "./catalog/airbyte-cloud.json";
import amplitude from "./catalog/amplitude.json";
import bitmovin from "./catalog/bitmovin.json";
import census from "./catalog/census.json";
import clickhouseCloud from "./catalog/clickhouse-cloud.json";
import databricks from "./catalog/databricks.json";
import datadog from "./catalog/datadog.json";
import dataloop from "./catalog/dataloop.json";
import dinmo from "./catalog/dinmo.json";
import drata from "./catalog/drata.json";
import estuary from "./catalog/estuary.json";
import extract from "./catalog/extract.json";
import fastlabel from "./catalog/fastlabel.json";
import fivetran from "./catalog/fivetran.json";
import grafanaCloud from "./catalog/grafana-cloud.json";
import jfrogMl from "./catalog/jfrog-ml.json";
import labelStudio from "./catalog/label-studio.json";
import labelbox from "./catalog/labelbox.json";
import lightly from "./catalog/lightly.json";
import materialize from "./catalog/materialize.json";
import mixpanel from "./catalog/mixpanel.json";
import mongodbAtlas from "./catalog/mongodb-atlas.json";
import pinecone from "./catalog/pinecone.json";
import polytomic from "./catalog/polytomic.json";
import rudderstack from "./catalog/rudderstack.json";
import scaleAi from "./catalog/scale-ai.json";
import segment from "./catalog/segment.json";
import segmentsAi from "./catalog/segments-ai.json";
import snowflake from "./catalog/snowflake.json";
import stitch from "./catalog/stitch.json";
import sumoLogic from "./catalog/sumo-logic.json";
import svix from "./catalog/svix.json";
import tigerdata from "./catalog/tigerdata.json";
import v7Darwin from "./catalog/v7-darwin.json";
import vanta from "./catalog/vanta.json";
import weightsAndBiases from "./catalog/weights-and-biases.json";
import type { VendorDefinition } from "./definition";

const definitions: readonly unknown[] = [
  activeloopDeepLake,
  airbyteCloud,
  amplitude,
  bitmovin,
  census,
  clickhouseCloud,
  databricks,
  datadog,
  dataloop,
  dinmo,
  drata,
  estuary,
  extract,
  fastlabel,
  fivetran,
  grafanaCloud,
  jfrogMl,
  labelStudio,
  labelbox,
  lightly,
  materialize,
  mixpanel,
  mongodbAtlas,
  pinecone,
  polytomic,
  rudderstack,
  scaleAi,
  segment,
  segmentsAi,
  snowflake,
  stitch,
  sumoLogic,
  svix,
  tigerdata,
  v7Darwin,
  vanta,
  weightsAndBiases,
];

/**
 * The vendors that we know, by their ids. TypeScript widens the strings of imported JSON, so that the unions of
 * VendorDefinition can't be seen from here: a test validates each file against its schema instead.
 */
export const catalog = definitions as readonly VendorDefinition[];

export function findVendor(id: string): VendorDefinition | undefined {
  return catalog.find((definition) => definition.id === id);
}
