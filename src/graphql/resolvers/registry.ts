import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Checkpoint } from '../../domain/checkpoint.js';
import type { Json, JsonObject } from '../../domain/json.js';
import { type DamagedArtifact, damagedArtifacts } from '../../usecases/damagedArtifacts.js';
import { exportRegistry } from '../../usecases/exportRegistry.js';
import { type ImportReport, importRegistry } from '../../usecases/importRegistry.js';
import { type RegistrySummary, registrySummary } from '../../usecases/registrySummary.js';
import { ModelArg } from '../args.js';
import type { CallerContext } from '../context.js';
import { Requires } from '../requires.js';
import { JsonScalar } from '../scalars/json.js';
import { CheckpointType } from '../types/checkpoint.js';
import { DamagedArtifactType } from '../types/damagedArtifact.js';
import { ImportReportType, RegistrySummaryType } from '../types/registry.js';

@Resolver()
export class RegistryResolver {
  @Query(() => RegistrySummaryType, { description: 'The registry in a few numbers.' })
  @Requires('VIEWER', 'filtered')
  registrySummary(@Ctx() { deps, actor }: CallerContext): Promise<RegistrySummary> {
    return registrySummary(deps, actor);
  }

  @Query(() => [DamagedArtifactType], {
    description: 'Artifacts known to be damaged or missing; /health counts them. A restored one is gone from here after some seconds.',
  })
  @Requires('ADMIN', 'registry')
  damagedArtifacts(@Ctx() { deps }: CallerContext): Promise<DamagedArtifact[]> {
    return damagedArtifacts(deps);
  }

  @Query(() => CheckpointType, { description: 'The log as it stands now, signed.' })
  @Requires('VIEWER', 'none')
  async checkpoint(@Ctx() { deps }: CallerContext): Promise<Checkpoint> {
    return deps.signer.checkpoint(await deps.store.reads.head());
  }

  @Query(() => JsonScalar, { description: 'The model as a registry v2.0 document, the same as in its model_registry.json.' })
  @Requires('VIEWER', 'model')
  exportRegistry(@Ctx() { deps, actor }: CallerContext, @ModelArg() model: string): Promise<JsonObject> {
    return exportRegistry(deps, actor, { model });
  }

  @Mutation(() => ImportReportType, { description: 'A registry v2.0 document; importing it twice changes nothing.' })
  @Requires('ADMIN', 'loaded')
  importRegistry(
    @Ctx() { deps, actor }: CallerContext,
    @Arg('document', () => JsonScalar, { description: 'The document, as an object.' }) document: Json,
  ): Promise<ImportReport> {
    return importRegistry(deps, actor, { document });
  }
}
