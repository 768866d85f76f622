// Names at the C ABI, for the package `myext`. They are an ABI: a change here breaks every package that was built before.
//
//   macro prefix     MYEXT            MYEXT_API, MYEXT_HANDLE_EXCEPTION, MYEXT_HEADERS_ONLY, MYEXT_INTERFACE
//   function f       _f               the C++ name as it is, without its namespaces
//   last error       myext_last_error, myext_last_error_clear, and the variable p_myext_last_error
//   exceptions       myext_keep_exception, which is not exported
//   registration     myext_operators_error
//   tuple family     myext_tuple_<key>_<key>…, then _get_<i>, _new, _delete
//   key of a type    tensor | int64 | double | bool | string
//                    optional_<key> | list_<key> | tuple<count>_<key>_<key>…      (a tuple inside another type)
//
// Keys are written in prefix order with their counts, so that two types never share one.
import type { Type } from "../ir/module.js";

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

/** The key of a type, by the grammar above. */
export function typeKey(type: Type): string {
  switch (type.kind) {
    case "row":
      return type.id;
    case "optional":
    case "list":
      return `${type.kind}_${typeKey(type.of)}`;
    case "tuple":
      return [`tuple${type.of.length}`, ...type.of.map(typeKey)].join("_");
  }
}

/** The C functions that read, make and free one tuple type. */
interface TupleFamily {
  /** `myext_tuple_tensor_tensor`. */
  readonly name: string;
  /** One per element. */
  readonly get: readonly string[];
  readonly new: string;
  readonly delete: string;
}

export function tupleFamily(nativeName: string, type: Extract<Type, { kind: "tuple" }>): TupleFamily {
  const name = [nativeName, "tuple", ...type.of.map(typeKey)].join("_");
  return { name, get: type.of.map((_, i) => `${name}_get_${i}`), new: `${name}_new`, delete: `${name}_delete` };
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
