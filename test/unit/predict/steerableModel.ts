import onnxProto from 'onnx-proto';
import { encodeModel, floatPort, heads } from '../../../src/demo/encodeClassifier.js';
import type { Task } from '../../../src/domain/task.js';

const { AttributeType } = onnxProto.onnx.AttributeProto;
type Node = onnxProto.onnx.INodeProto;
type Port = onnxProto.onnx.IValueInfoProto;

const [INT64, BOOL] = [7, 9];

export const TASK: Task = { name: 'side', classes: ['up', 'down'], negativeClass: null, criticalClasses: [], bins: [] };

const int64s = (name: string): Port => ({ name, type: { tensorType: { elemType: INT64, shape: { dim: [{ dimParam: 'batch' }] } } } });
const scalar = (name: string, elemType: number): Port => ({ name, type: { tensorType: { elemType, shape: {} } } });
const whole = (opType: string, input: string, output: string): Node => ({
  opType,
  input: [input],
  output: [output],
  attribute: [{ name: 'keepdims', type: AttributeType.INT, i: 0 }],
});

/**
 * A classifier of `features`, float32 [batch, 1], that takes as long and as much as it is told: `laps`, int64 [batch], turns of an idle
 * loop, and `elements`, int64 [batch], numbers of four bytes. Of feature ln(k) the probability of `up` is k * odds / (k * odds + 1): its
 * logits are ln(k) and -ln(odds).
 */
export function steerableModel(odds: number): Buffer {
  const task = { name: TASK.name, classes: TASK.classes, weights: [[1], [0]], bias: [0, -Math.log(odds)] };
  const { node, initializer, output } = heads('steered', [task]);
  const body = {
    name: 'body',
    node: [
      { opType: 'Identity', input: ['again'], output: ['again_out'] },
      { opType: 'Identity', input: ['x'], output: ['x_out'] },
    ],
    input: [scalar('i', INT64), scalar('again', BOOL), floatPort('x', ['batch', 1])],
    output: [scalar('again_out', BOOL), floatPort('x_out', ['batch', 1])],
  };
  const loop = { name: 'body', type: AttributeType.GRAPH, g: body };
  const steering: Node[] = [
    whole('ReduceMax', 'laps', 'turns'),
    { opType: 'Loop', input: ['turns', '', 'features'], output: ['looped'], attribute: [loop] },
    { opType: 'ConstantOfShape', input: ['elements'], output: ['zeros'] },
    whole('ReduceMax', 'zeros', 'zero'),
    { opType: 'Add', input: ['looped', 'zero'], output: ['steered'] },
  ];
  const input = [floatPort('features', ['batch', 1]), int64s('laps'), int64s('elements')];
  return encodeModel({ name: 'steerable', node: [...steering, ...node], initializer, input, output });
}

/** The probability of `up` that the model of `odds` answers to feature ln(k). */
export function chanceOfUp(odds: number, k: number): number {
  return (k * odds) / (k * odds + 1);
}
