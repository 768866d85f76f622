// Names at the C ABI, for the package `myext`. They are an ABI: a change here breaks every package that was built before.
//
//   macro prefix     MYEXT            MYEXT_API, MYEXT_HANDLE_EXCEPTION, MYEXT_HEADERS_ONLY, MYEXT_INTERFACE
//   function f       _f               the C++ name as it is, without its namespaces
//   last error       myext_last_error, myext_last_error_clear, and the variable p_myext_last_error
//   exceptions       myext_keep_exception, which is not exported
//   registration     myext_operators_error
//   family of a type myext_<key of the type>, where an outermost tuple or pair has no count: myext_tuple_tensor_tensor
//     tuple, pair, record   _get_<i>, _new, _delete
//     optional              _has_value, _get, _new, _none, _delete
//     list                  _size, _get, _new, _push, _delete
//     dict                  _size, _key, _value, _new, _set, _delete
//   scalar out to R  myext_scalar_parts
//   class Foo        _Foo_new, _Foo_<method>, _Foo_delete
//   key of a type    tensor | int64 | … (the row's id) | optional_<key> | list_<key> | clist_<key> (c10::List) | array<length>_<key>
//                    tuple<count>_<key>_<key>… | pair_<key>_<key>
//                    dict_<key>_<key> | map_<key>_<key> | unorderedmap_<key>_<key>
//                    enum_<name> | record_<name> | class_<name> | shared_<name> | unique_<name> | intrusive_<name> (pointers to one), with namespaces other than the package's: a__b__name
//                    registered_<spelling> | foreign_<spelling>, with _ for what is no letter or digit
//
// Keys are written in prefix order with their counts. `check` reports an error when user-chosen names make two types share a key.
import type { ExportedFunction, Type } from "../model/module.js";

/** `MYEXT`. */
export function macroPrefix(nativeName: string): string {
  return nativeName.toUpperCase();
}

export function apiMacro(nativeName: string): string {
  return `${macroPrefix(nativeName)}_API`;
}

export function handleExceptionMacro(nativeName: string): string {
  return `${macroPrefix(nativeName)}_HANDLE_EXCEPTION`;
}

export function headersOnlyMacro(nativeName: string): string {
  return `${macroPrefix(nativeName)}_HEADERS_ONLY`;
}

export function interfaceMacro(nativeName: string): string {
  return `${macroPrefix(nativeName)}_INTERFACE`;
}

/** `_leaky_step` for the C++ function `leaky_step`. */
export function functionSymbol(functionName: string): string {
  return `_${functionName}`;
}

export function lastErrorSymbol(nativeName: string): string {
  return `${nativeName}_last_error`;
}

export function lastErrorClearSymbol(nativeName: string): string {
  return `${nativeName}_last_error_clear`;
}

/** The thread-local variable behind `lastErrorSymbol`. */
export function lastErrorVariable(nativeName: string): string {
  return `p_${nativeName}_last_error`;
}

/** What the macro calls to keep the exception in flight; not exported. */
export function keepExceptionSymbol(nativeName: string): string {
  return `${nativeName}_keep_exception`;
}

export function operatorsErrorSymbol(nativeName: string): string {
  return `${nativeName}_operators_error`;
}

/** What tells R what its torch has no value for: the parts of a complex scalar. */
export function scalarPartsSymbol(nativeName: string): string {
  return `${nativeName}_scalar_parts`;
}

/** The key of a type, by the grammar above, as the package `nativeName` has it. */
export function typeKey(nativeName: string, type: Type): string {
  const inner = (part: Type): string => typeKey(nativeName, part);
  switch (type.kind) {
    case "row":
      return type.id;
    case "optional":
      return `optional_${inner(type.of)}`;
    case "list":
      return `${listKey(type)}_${inner(type.of)}`;
    case "tuple":
      return [type.pair === true ? "pair" : `tuple${type.of.length}`, ...type.of.map(inner)].join("_");
    case "dict":
      return [(type.container ?? "dict").toLowerCase(), inner(type.key), inner(type.value)].join("_");
    case "enum":
    case "record":
      return `${type.kind}_${declaredKey(nativeName, type.decl)}`;
    case "handle":
      return `${type.pointer ?? "class"}_${declaredKey(nativeName, type.decl)}`;
    case "registered":
      return `registered_${spellingKey(type.cpp)}`;
    case "foreign":
      return `foreign_${spellingKey(type.spelling)}`;
  }
}

function listKey(type: Extract<Type, { readonly kind: "list" }>): string {
  if (type.container === "array") return `array${type.length}`;
  return type.container === "list" ? "clist" : "list";
}

function declaredKey(nativeName: string, decl: { readonly name: string; readonly namespace: readonly string[] }) {
  const [first, ...rest] = decl.namespace;
  const around = first === nativeName ? rest : ["", ...decl.namespace];
  return [...around, decl.name].join("__");
}

function spellingKey(spelling: string): string {
  return spelling.replace(/\W+/g, "_").replace(/^_|_$/g, "");
}

/** What every family has. */
interface FamilyNames {
  /** `myext_tuple_tensor_tensor`. */
  readonly name: string;
  readonly delete: string;
}

/** `void* get_<i>(void* self)` per element, `void* new(e0, e1, …)`. */
export interface ProductFamily extends FamilyNames {
  readonly kind: "product";
  readonly get: readonly string[];
  readonly new: string;
}

/** `bool has_value(void* self)`, `E get(void* self)`, `void* new(E value)`, `void* none()`. */
export interface OptionalFamily extends FamilyNames {
  readonly kind: "optional";
  readonly hasValue: string;
  readonly get: string;
  readonly new: string;
  readonly none: string;
}

/** `int64_t size(void* self)`, `E get(void* self, int64_t index)`, `void* new()`, `void push(void* self, E value)`. */
export interface ListFamily extends FamilyNames {
  readonly kind: "list";
  readonly size: string;
  readonly get: string;
  readonly new: string;
  readonly push: string;
}

/**
 * `int64_t size(void* self)`, `K key(void* self, int64_t index)`, `V value(void* self, int64_t index)` in one order,
 * `void* new()`, `void set(void* self, K key, V value)`.
 */
export interface DictFamily extends FamilyNames {
  readonly kind: "dict";
  readonly size: string;
  readonly key: string;
  readonly value: string;
  readonly new: string;
  readonly set: string;
}

/**
 * The C functions that make, read and free one type. A dictionary has one family, whatever its class. E, K, V cross as their own types do: what is a handle is borrowed on its
 * way in and the caller's to free on its way out. After a failure they return zero, and the last error is there.
 */
export type Family = ProductFamily | OptionalFamily | ListFamily | DictFamily;

type FamilyOf<T extends Type> = T extends { readonly kind: "tuple" | "record" }
  ? ProductFamily
  : T extends { readonly kind: "optional" }
    ? OptionalFamily
    : T extends { readonly kind: "list" }
      ? ListFamily
      : T extends { readonly kind: "dict" }
        ? DictFamily
        : never;

/** The family of a type that `abiOf` says has one. A view has that of the vector that it is taken of. */
export function familyOf<T extends Extract<Type, { kind: "tuple" | "record" | "optional" | "list" | "dict" }>>(
  nativeName: string,
  type: T,
): FamilyOf<T>;
export function familyOf(
  nativeName: string,
  type: Extract<Type, { kind: "tuple" | "record" | "optional" | "list" | "dict" }>,
): Family {
  const key =
    type.kind === "tuple" && type.pair !== true
      ? ["tuple", ...type.of.map((part) => typeKey(nativeName, part))].join("_")
      : type.kind === "dict"
        ? ["dict", typeKey(nativeName, type.key), typeKey(nativeName, type.value)].join("_")
        : typeKey(nativeName, type);
  const name = `${nativeName}_${key}`;
  const own = (suffix: string): string => `${name}_${suffix}`;
  const fixed = { name, delete: own("delete") };
  const product = (count: number): ProductFamily => ({
    ...fixed,
    kind: "product",
    get: Array.from({ length: count }, (_, i) => own(`get_${i}`)),
    new: own("new"),
  });
  switch (type.kind) {
    case "tuple":
      return product(type.of.length);
    case "record":
      return product(type.decl.fields.length);
    case "optional":
      return {
        ...fixed,
        kind: "optional",
        hasValue: own("has_value"),
        get: own("get"),
        new: own("new"),
        none: own("none"),
      };
    case "list":
      return { ...fixed, kind: "list", size: own("size"), get: own("get"), new: own("new"), push: own("push") };
    case "dict":
      return {
        ...fixed,
        kind: "dict",
        size: own("size"),
        key: own("key"),
        value: own("value"),
        new: own("new"),
        set: own("set"),
      };
  }
}

/** The symbols of every function of a family. */
export function familySymbols(family: Family): readonly string[] {
  switch (family.kind) {
    case "product":
      return [...family.get, family.new, family.delete];
    case "optional":
      return [family.hasValue, family.get, family.new, family.none, family.delete];
    case "list":
      return [family.size, family.get, family.new, family.push, family.delete];
    case "dict":
      return [family.size, family.key, family.value, family.new, family.set, family.delete];
  }
}

/** `_Foo_new` and `_Foo_delete` of a class; each exported constructor is named `new`. */
export function constructorSymbol(className: string): string {
  return `_${className}_new`;
}

export function destructorSymbol(className: string): string {
  return `_${className}_delete`;
}

/** `_Foo_forward`, whose first parameter is the object. */
export function methodSymbol(className: string, method: Pick<ExportedFunction, "name">): string {
  return `_${className}_${method.name}`;
}

/** The symbols of a package that are there whatever it exports. */
export function fixedSymbols(nativeName: string): readonly string[] {
  return [
    lastErrorSymbol(nativeName),
    lastErrorClearSymbol(nativeName),
    lastErrorVariable(nativeName),
    keepExceptionSymbol(nativeName),
    operatorsErrorSymbol(nativeName),
  ];
}

const elf = `
  _init _fini _start _end _edata _etext _exit _Exit _environ _dl_open _setjmp _longjmp _tolower _toupper _mcount _res
  _h_errno _r_debug _fp_hw _Complex _Imaginary _Bool _Generic _Atomic _Noreturn _Static_assert _Thread_local _Alignas
  _Alignof _Pragma __bss_start __main _DYNAMIC _GLOBAL_OFFSET_TABLE_ _PROCEDURE_LINKAGE_TABLE_`;

const windows = `
  _abs _access _assert _beep _beginthread _cabs _chdir _chmod _chgsign _close _commit _control87 _copysign _cwait _dup
  _dup2 _ecvt _endthread _eof _errno _exit _fcvt _finite _fpclass _fpreset _gcvt _getch _getcwd _getpid _hypot _hypotf
  _isatty _isnan _j0 _j1 _jn _kbhit _lfind _locking _logb _lrotl _lrotr _lsearch _lseek _mkdir _nextafter
  _open _pipe _purecall _putch _read _rmdir _rotl _rotr _scalb _setmode _sleep _sopen _spawnl _stat _strdup _strrev
  _swab _tell _tzset _umask _unlink _wait _write _y0 _y1 _yn`;

/** C symbols that the linker, the C library or a compiler keeps for itself. */
export const systemSymbols: ReadonlySet<string> = new Set(elf.trim().split(/\s+/));

/** C symbols that Windows' C library declares. */
export const windowsSymbols: ReadonlySet<string> = new Set(windows.trim().split(/\s+/));
