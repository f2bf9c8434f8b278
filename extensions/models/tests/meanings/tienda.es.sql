-- A shop, its staff and its bank in Spanish: held out while the recogniser was tuned.
CREATE TABLE clientes (
    id_cliente integer PRIMARY KEY,
    nombre varchar(40) NOT NULL,
    apellidos varchar(60) NOT NULL,
    fecha_nacimiento date,
    sexo char(1),
    dni varchar(12),
    correo_electronico varchar(80),
    telefono varchar(20),
    movil varchar(20),
    direccion varchar(100),
    codigo_postal char(5),
    ciudad varchar(50),
    provincia varchar(50),
    pais varchar(50),
    fecha_alta timestamp,
    nacionalidad char(2)
);
CREATE TABLE proveedores (
    id_proveedor integer PRIMARY KEY,
    razon_social varchar(80) NOT NULL,
    cif varchar(12),
    nombre_contacto varchar(80),
    calle varchar(60),
    numero varchar(10),
    localidad varchar(50),
    cp varchar(5),
    pagina_web varchar(100),
    tipo_empresa varchar(30)
);
CREATE TABLE productos (
    id_producto integer PRIMARY KEY,
    nombre varchar(80) NOT NULL,
    descripcion text,
    precio numeric(10,2) NOT NULL,
    existencias integer,
    categoria varchar(40),
    marca varchar(40),
    codigo_barras char(13),
    peso numeric(8,3)
);
CREATE TABLE pedidos (
    id_pedido integer PRIMARY KEY,
    id_cliente integer REFERENCES clientes,
    fecha_pedido timestamp NOT NULL,
    fecha_envio timestamp,
    direccion_envio varchar(100),
    ciudad_envio varchar(50),
    codigo_postal_envio varchar(10),
    forma_pago varchar(30),
    subtotal numeric(12,2),
    impuestos numeric(12,2),
    total numeric(12,2),
    moneda char(3),
    estado varchar(20)
);
CREATE TABLE lineas_pedido (
    id_pedido integer REFERENCES pedidos,
    num_linea integer,
    id_producto integer REFERENCES productos,
    cantidad integer NOT NULL,
    precio_unitario numeric(10,2),
    PRIMARY KEY (id_pedido, num_linea)
);
CREATE TABLE empleados (
    id_empleado integer PRIMARY KEY,
    nombre_completo varchar(100),
    cargo varchar(60),
    salario numeric(10,2),
    edad smallint,
    estado_civil varchar(20),
    usuario varchar(30),
    contrasena varchar(100),
    email_trabajo varchar(80)
);
CREATE TABLE cuentas (
    id_cuenta integer PRIMARY KEY,
    titular varchar(80),
    banco varchar(60),
    iban varchar(34),
    saldo numeric(14,2),
    divisa char(3),
    fecha_apertura date
);
CREATE TABLE movimientos (
    id_movimiento integer PRIMARY KEY,
    id_cuenta integer REFERENCES cuentas,
    fecha timestamp,
    importe numeric(12,2),
    concepto varchar(120),
    tipo_movimiento varchar(30)
);
