/** tfjs on the graphics card through WebGL 2, on a canvas of the worker's own. */
import { backend, env, setBackend } from '@tensorflow/tfjs-core';
import { namesAnEmulator, type Backend, type Sighting } from './backend.ts';

/** Of tfjs' MathBackendWebGL. */
interface WithContext {
  gpgpu: { gl: WebGL2RenderingContext & { canvas: OffscreenCanvas } };
}

const ABSENT: Sighting = { isHere: false, reason: 'WebGL 2 is not there in this browser.' };

function contextOf(failIfMajorPerformanceCaveat: boolean): WebGL2RenderingContext | null {
  return new OffscreenCanvas(1, 1).getContext('webgl2', { failIfMajorPerformanceCaveat });
}

/** "ANGLE (NVIDIA, NVIDIA GeForce RTX 3080 Direct3D11 vs_5_0 ps_5_0, D3D11)": the second part names the card. */
const ANGLE = /^ANGLE \([^,]*, (.+), [^,]*\)$/;

function rendererOf(context: WebGL2RenderingContext): string {
  const names = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  if (typeof renderer !== 'string' || renderer === '') return 'a graphics card';
  if (/swiftshader/i.test(renderer)) return 'SwiftShader';
  return ANGLE.exec(renderer)?.[1] ?? renderer;
}

function discard(context: WebGL2RenderingContext): void {
  context.getExtension('WEBGL_lose_context')?.loseContext();
}

export const WEBGL: Backend = {
  name: 'webgl',
  label: 'WebGL',

  async look() {
    if (typeof OffscreenCanvas === 'undefined') return ABSENT;
    try {
      const context = contextOf(false);
      if (context === null) return ABSENT;
      const device = rendererOf(context);
      discard(context);
      const strict = contextOf(true);
      if (strict !== null) discard(strict);
      return { isHere: true, device, isEmulated: strict === null || namesAnEmulator(device) };
    } catch {
      return ABSENT;
    }
  },

  async start(_files, isEmulated) {
    await import('@tensorflow/tfjs-backend-webgl');
    if (isEmulated) env().set('SOFTWARE_WEBGL_ENABLED', true);
    if (!(await setBackend('webgl'))) throw new Error('the driver gave no context');
    const { gl: context } = (backend() as unknown as WithContext).gpgpu;
    const lost = new Promise<string>((resolve) => {
      context.canvas.addEventListener('webglcontextlost', (event) => {
        const { statusMessage } = event as WebGLContextEvent;
        resolve(
          statusMessage === '' || statusMessage == null ? 'The WebGL context was lost.' : statusMessage,
        );
      });
    });
    return {
      device: rendererOf(context),
      isSynchronous: false,
      lost,
      loseDevice() {
        const extension = context.getExtension('WEBGL_lose_context');
        extension?.loseContext();
        return extension !== null;
      },
    };
  },
};
