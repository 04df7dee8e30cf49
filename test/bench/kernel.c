/* The peer in C of the kernel benchmarks: forward pass and dh_t/dh_{t-1} by compensated sums with fma, plain doubles elsewhere,
 * no rounding test; for processors with AVX2. Reads lines "PEER H RUNS" as peers.py does, and answers each with the
 * microseconds of one run. */
#define _POSIX_C_SOURCE 199309L
#include <immintrin.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LANES 4

typedef struct {
  int n;
  double *W, *U, *b, *x, *h, *c, *gate, *slope, *rows, *jacobian;
} Cell;

static double *filled(size_t count, double scale) {
  double *a = malloc((count + LANES) * sizeof *a);
  for (size_t k = 0; k < count + LANES; k++) a[k] = scale * (2.0 * rand() / RAND_MAX - 1);
  return a;
}

static Cell cell_of(int n) {
  size_t square = (size_t)n * n;
  double scale = 1 / sqrt(n);
  Cell cell = {n,
               filled(4 * square, scale),
               filled(4 * square, scale),
               filled(4 * n, 1),
               filled(n, 1),
               filled(n, 1),
               filled(n, 1),
               filled(4 * n, 0),
               filled(4 * n, 0),
               filled(4 * n, 0),
               filled(square, 0)};
  return cell;
}

typedef struct {
  __m256d high, low;
} Sums;

/* T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product" (2005), Dot2 */
static inline Sums with_product(Sums sums, __m256d x, __m256d y) {
  __m256d product = _mm256_mul_pd(x, y), sum = _mm256_add_pd(sums.high, product);
  __m256d part = _mm256_sub_pd(sum, sums.high);
  __m256d lost = _mm256_add_pd(_mm256_sub_pd(sums.high, _mm256_sub_pd(sum, part)), _mm256_sub_pd(product, part));
  Sums next = {sum, _mm256_add_pd(sums.low, _mm256_add_pd(_mm256_fmsub_pd(x, y, product), lost))};
  return next;
}

static double dot(int n, const double *a, const double *b) {
  Sums even = {_mm256_setzero_pd(), _mm256_setzero_pd()}, odd = even;
  int k = 0;
  for (; k + 2 * LANES <= n; k += 2 * LANES) {
    even = with_product(even, _mm256_loadu_pd(a + k), _mm256_loadu_pd(b + k));
    odd = with_product(odd, _mm256_loadu_pd(a + k + LANES), _mm256_loadu_pd(b + k + LANES));
  }
  double high[2 * LANES], low[2 * LANES], total = 0, rest = 0;
  _mm256_storeu_pd(high, even.high);
  _mm256_storeu_pd(high + LANES, odd.high);
  _mm256_storeu_pd(low, even.low);
  _mm256_storeu_pd(low + LANES, odd.low);
  for (int j = 0; j < 2 * LANES; j++) {
    double sum = total + high[j], part = sum - total;
    rest += ((total - (sum - part)) + (high[j] - part)) + low[j];
    total = sum;
  }
  for (; k < n; k++) {
    double product = a[k] * b[k], sum = total + product, part = sum - total;
    rest += fma(a[k], b[k], -product) + ((total - (sum - part)) + (product - part));
    total = sum;
  }
  return total + rest;
}

static void forward(Cell *cell) {
  int n = cell->n;
  for (int at = 0; at < 4 * n; at++) {
    int is_u = at >= 3 * n;
    size_t row = (size_t)at * n;
    double z = dot(n, cell->W + row, cell->x) + dot(n, cell->U + row, cell->h) + cell->b[at];
    double e = exp(-fabs(is_u ? 2 * z : z)), share = e / (1 + e);
    cell->gate[at] = is_u ? copysign((1 - e) / (1 + e), z) : z > 0 ? 1 - share : share;
    cell->slope[at] = (is_u ? 4 : 1) * share * (1 - share);
  }
  for (int r = 0; r < n; r++) {
    double f = cell->gate[r], i = cell->gate[n + r], o = cell->gate[2 * n + r], u = cell->gate[3 * n + r];
    double t = tanh(f * cell->c[r] + i * u), by_cell = o * (1 - t * t);
    cell->rows[r] = by_cell * cell->c[r] * cell->slope[r];
    cell->rows[n + r] = by_cell * u * cell->slope[n + r];
    cell->rows[2 * n + r] = t * cell->slope[2 * n + r];
    cell->rows[3 * n + r] = by_cell * i * cell->slope[3 * n + r];
  }
}

static void jacobian(Cell *cell) {
  int n = cell->n;
  for (int r = 0; r < n; r++) {
    for (int k = 0; k < n; k += LANES) {
      Sums sums = {_mm256_setzero_pd(), _mm256_setzero_pd()};
      for (int g = 0; g < 4; g++) {
        const double *U = cell->U + ((size_t)g * n + r) * n + k;
        sums = with_product(sums, _mm256_set1_pd(cell->rows[g * n + r]), _mm256_loadu_pd(U));
      }
      /* a row's end writes into the next one, which comes later */
      _mm256_storeu_pd(cell->jacobian + (size_t)r * n + k, _mm256_add_pd(sums.high, sums.low));
    }
  }
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e6 * t.tv_sec + 1e-3 * t.tv_nsec;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(void) {
  char peer[64];
  int n, count;
  Cell cell = {0};
  printf("gcc %s\n", __VERSION__);
  fflush(stdout);
  while (scanf("%63s %d %d", peer, &n, &count) == 3) {
    if (cell.n != n) cell = cell_of(n);
    double *times = malloc(count * sizeof *times);
    for (int k = 0; k < count; k++) {
      double start = now();
      forward(&cell);
      jacobian(&cell);
      times[k] = now() - start;
    }
    qsort(times, count, sizeof *times, compare);
    printf("%f\n", times[count / 2]);
    fflush(stdout);
    free(times);
  }
  return 0;
}
