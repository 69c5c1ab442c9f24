import { awsEnvironment, type Emulator, type EmulatorOptions, freePort, startEmulator } from './emulator.ts';
import { type Recorder, startRecorder } from './recorder.ts';

/** An AWS of one's own: the emulator, and the recorder through which everything talks to it. */
export interface Cloud {
  readonly endpoint: string;
  readonly emulator: Emulator;
  readonly recorder: Recorder;
  /** For processes that talk to it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts it, and points this process's own AWS clients at it. */
export async function startCloud(options: Pick<EmulatorOptions, 'enforce'> = {}): Promise<Cloud> {
  const [port, behind] = [await freePort(), await freePort()];
  const recorder = await startRecorder(port, behind);
  const { endpoint } = recorder;
  const emulator = await startEmulator({ ...options, port: behind, endpoint }).catch(async (error) => {
    await recorder.close();
    throw error;
  });
  const environment = awsEnvironment(endpoint);
  Object.assign(process.env, environment);
  return {
    endpoint,
    emulator,
    recorder,
    environment,
    async stop() {
      await emulator.stop();
      await recorder.close();
    },
  };
}
